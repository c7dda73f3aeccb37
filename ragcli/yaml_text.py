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


class _Once(_Loader):
    """Refuses a key that stands twice, of which PyYAML takes the second and drops the first, a whole section it may be."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    problem = f"'{key.value}' stands twice: put all of it in one place"
                    raise yaml.constructor.ConstructorError(None, None, problem, key.start_mark)
                seen.add(key.value)
        return super().construct_mapping(node, deep)


def from_yaml(source: str | bytes, once: bool = False) -> Any:
    """What a YAML text holds, by the words of YAML 1.2: only true and false are booleans, and `0815` is no number.

    By 1.1 `tables: off` is False, `country: NO` too, `at: 12:30` is 750 and `case: 0123` is 83.

    Args:
        once: a key may not stand twice.
    Raises: yaml.YAMLError, also for a day that there is not (2024-02-31) and for what is nested too deep.
    """
    try:
        return yaml.load(source, _Once if once else _Loader)
    except ValueError as error:
        raise yaml.YAMLError(str(error)) from error
    except RecursionError as error:
        raise yaml.YAMLError("nested too deep") from error
