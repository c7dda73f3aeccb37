"""A question becomes hits: filters, a dense and a lexical search, their fusion, a reranker, passages."""
