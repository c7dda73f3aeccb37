"""The clients of marker's model servers: here nothing."""


def create_model_dict() -> dict[str, object]:
    return {}
