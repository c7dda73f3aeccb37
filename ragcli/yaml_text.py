"""YAML as people write it who never read its first edition, which PyYAML follows."""

import re
from typing import Any

import yaml

_BOOLEAN, _INTEGER, _FLOAT = (f"tag:yaml.org,2002:{name}" for name in ("bool", "int", "float"))


class _Loader(yaml.SafeLoader):
    yaml_implicit_resolvers = {  # noqa: RUF012  PyYAML's own name and shape
        first: [pair for pair in pairs if pair[0] not in (_BOOLEAN, _INTEGER, _FLOAT)]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


_Loader.add_implicit_resolver(_BOOLEAN, re.compile(r"(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF"))
_Loader.add_implicit_resolver(_INTEGER, re.compile(r"[-+]?(?:0|[1-9][0-9]*)$"), list("-+0123456789"))
_Loader.add_implicit_resolver(
    _FLOAT,
    re.compile(
        r"[-+]?(?:(?:0|[1-9][0-9]*)?\.[0-9]+|(?:0|[1-9][0-9]*)\.?)(?:[eE][-+]?[0-9]+)?$"
        r"|[-+]?\.(?:inf|Inf|INF)$|\.(?:nan|NaN|NAN)$"
    ),
    list("-+.0123456789"),
)


def from_yaml(source: str | bytes) -> Any:
    """What a YAML text holds, by the words of YAML 1.2: only true and false are booleans, and `0815` is no number.

    By 1.1 `tables: off` is False, `country: NO` too, `at: 12:30` is 750 and `case: 0123` is 83.

    Raises: yaml.YAMLError, also for a day that there is not (2024-02-31) and for what is nested too deep.
    """
    try:
        return yaml.load(source, _Loader)
    except ValueError as error:
        raise yaml.YAMLError(str(error)) from error
    except RecursionError as error:
        raise yaml.YAMLError("nested too deep") from error
