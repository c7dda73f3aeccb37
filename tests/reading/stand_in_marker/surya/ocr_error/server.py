from surya.server import main

main()
