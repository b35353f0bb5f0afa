"""What a template may say: names of fields, a loop over a list, a condition, a few filters. Nothing else.

The text is parsed and walked before it is run, branches that the sample would not take too; so an unknown
field is told by its name, and no template can call, import, count up or reach into an object.
"""

from jinja2 import UndefinedError, nodes

from .refusing import DocumentRefused

FILTERS = ("default", "d", "join", "length", "count", "first", "last", "trim", "e", "escape")
TESTS = ("defined", "undefined", "none", "string", "odd", "even", "first", "last")
LOOP = ("index", "index0", "first", "last", "length", "revindex", "revindex0")
MOST_LOOPS = 2  # one inside the other: a list of lists does not exist here
MOST_TAGS = 2000
MOST_NAMED = 5
PLAIN = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Const, nodes.And, nodes.Or, nodes.Not,
    nodes.Compare, nodes.Operand, nodes.If, nodes.CondExpr,
)  # fmt: skip
WORDS = {
    nodes.Call: "(…)", nodes.Assign: "set", nodes.AssignBlock: "set", nodes.Macro: "macro",
    nodes.CallBlock: "call", nodes.Include: "include", nodes.Import: "import", nodes.Extends: "extends",
    nodes.FromImport: "import", nodes.Block: "block", nodes.With: "with", nodes.FilterBlock: "filter",
    nodes.Concat: "~", nodes.Add: "+", nodes.Sub: "-", nodes.Mul: "*", nodes.Div: "/", nodes.Pow: "**",
    nodes.Mod: "%", nodes.FloorDiv: "//", nodes.ScopedEvalContextModifier: "autoescape",
}  # fmt: skip


def check_words(env, source: str, sample: dict) -> None:
    """Refuse a template that says more than it may.

    Args:
        source: its text, tags of the .docx in it.
        sample: a context with every field there is.
    Raises:
        DocumentRefused: an unknown field, or something templates may not do.
        jinja2.TemplateSyntaxError: it cannot be read at all.
    """
    if source.count("{{") + source.count("{%") > MOST_TAGS:
        raise DocumentRefused("模板里的标记过多，请精简后再上传。")
    walk = _Walk()
    walk.into(env.parse(source), sample, 0)
    if walk.unknown:
        raise DocumentRefused.of_unknown(list(dict.fromkeys(walk.unknown))[:MOST_NAMED])


def unknown_field(error) -> str:
    """The name in jinja's word of an undefined field; "" for any other error."""
    if not isinstance(error, UndefinedError):
        return ""
    return str(error.message).split("'")[-2] if str(error.message).count("'") > 1 else "?"


class _Walk:
    """One pass over a parsed template; ``unknown`` collects what no field is called."""

    def __init__(self):
        self.unknown = []

    def into(self, node, known, depth):
        """Walk a node; returns the sample value of an expression where it has one."""
        if isinstance(node, nodes.Name):
            return self._name(node, known)
        if isinstance(node, nodes.Getattr):
            return self._part(node, node.attr, known, depth)
        if isinstance(node, nodes.Getitem):
            return self._item(node, known, depth)
        if isinstance(node, nodes.For):
            return self._loop(node, known, depth)
        if isinstance(node, nodes.Filter | nodes.Test):
            self._named(node)
        elif not isinstance(node, PLAIN):
            raise DocumentRefused.of_way(WORDS.get(type(node), type(node).__name__.lower()))
        for child in node.iter_child_nodes():
            self.into(child, known, depth)
        return None

    def _name(self, node, known):
        if node.name not in known:
            self._refuse_inner(node.name)
            self.unknown.append(node.name)
        return known.get(node.name)

    def _part(self, node, name, known, depth):
        self._refuse_inner(name)
        whole = self.into(node.node, known, depth)
        if isinstance(whole, dict) and name in whole:
            return whole[name]
        before = getattr(node.node, "name", "…")
        if whole is not None or before in known:
            self.unknown.append(f"{before}.{name}")
        return None

    def _item(self, node, known, depth):
        if not isinstance(node.arg, nodes.Const):
            raise DocumentRefused.of_way("[…]")
        if isinstance(node.arg.value, int):
            whole = self.into(node.node, known, depth)
            return whole[0] if isinstance(whole, list) and whole else None
        return self._part(node, str(node.arg.value), known, depth)

    def _loop(self, node, known, depth):
        if depth == MOST_LOOPS or node.recursive or not isinstance(node.target, nodes.Name):
            raise DocumentRefused.of_way("for")
        rows = self.into(node.iter, known, depth)
        if rows is None and self.unknown:
            return
        if not isinstance(rows, list):
            raise DocumentRefused.of_way("for … in 不是列表的栏目")
        loop = dict.fromkeys(LOOP, 1)
        inner = known | {node.target.name: rows[0] if rows else {}, "loop": loop}
        for child in [*node.body, *([node.test] if node.test else [])]:
            self.into(child, inner, depth + 1)
        for child in node.else_:
            self.into(child, known, depth)

    def _named(self, node):
        allowed = FILTERS if isinstance(node, nodes.Filter) else TESTS
        if node.name not in allowed:
            raise DocumentRefused.of_way(f"|{node.name}")
        if isinstance(node, nodes.Filter) and (node.kwargs or node.dyn_args or node.dyn_kwargs):
            raise DocumentRefused.of_way(f"|{node.name}")

    def _refuse_inner(self, name):
        """Names of the machinery are an attack, not a slip."""
        if name.startswith("_") or name in ("self", "caller", "varargs", "kwargs"):
            raise DocumentRefused.of_way(name)
