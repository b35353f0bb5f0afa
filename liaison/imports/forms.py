"""Forms of the import pages: the confirmation, and the columns put right."""

from django import forms

from liaison.forms import HouseFormMixin

from .kinds import Kind

NOT_USED = "不导入"
NAMED = 5  # sheets of a layout


class ConfirmForm(forms.Form):
    """Carries what the preview said; confirming something else is refused."""

    fingerprint = forms.CharField(
        max_length=64,
        widget=forms.HiddenInput,
        error_messages={"required": "页面已过期，请重新打开后再确认。"},
    )


class ColumnsForm(HouseFormMixin, forms.Form):
    """One choice a column of each layout: sheets of one layout (one for each group, say) are put right at once."""

    def __init__(self, *args, batch, kind: Kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.batch, self.kind = batch, kind
        self.names = _names(kind)
        choices = [("", NOT_USED), *self.names.items()]
        self.tables = []
        for number, table in enumerate(_layouts(batch.tables)):
            self.tables.append((table, self._columns(number, table, choices)))
        hidden = [(name, name) for name in batch.counts.get("hidden_sheets", [])]
        picked = [(name, name) for name in batch.picked_sheets]
        self.fields["picked"] = forms.MultipleChoiceField(
            label="隐藏的工作表",
            choices=list(dict.fromkeys([*hidden, *picked])),
            required=False,
            initial=batch.picked_sheets,
            widget=forms.CheckboxSelectMultiple,
            help_text="隐藏的工作表平时不读；需要一并导入的请勾选",
        )

    def _columns(self, number, table, choices):
        bound = []
        for column in table["columns"]:
            name = f"t{number}-{column['index']}"
            self.fields[name] = forms.ChoiceField(
                label=f"{column['letter']}列 {column['head']}",
                choices=choices,
                required=False,
                initial=column["field"],
                widget=forms.Select(attrs={"class": "form-select form-select-sm"}),
            )
            bound.append((column, name))
        return bound

    def shown(self):
        """[(table, [(column, bound field)])] for the template."""
        return [
            (table, [(column, self[name]) for column, name in columns])
            for table, columns in self.tables
        ]

    def clean(self):
        """A field named twice, or a table without its needed fields, is told beside the form."""
        said = super().clean()
        repeated = {name for v in self.kind.vocabularies for name in v.repeated}
        for table, columns in self.tables:
            chosen = [said.get(name, "") for _, name in columns]
            for field in {f for f in chosen if f and chosen.count(f) > 1} - repeated:
                sentence = f"工作表{table['named']}有两栏都选作“{self.names[field]}”，请只留一栏。"
                self.add_error(None, sentence)
            if not self._enough(chosen):
                self.add_error(None, f"工作表{table['named']}缺少必需的栏目，请再核对。")
        return said

    def _enough(self, chosen):
        return any(all(name in chosen for name in v.needed) for v in self.kind.vocabularies)

    def layouts(self) -> dict:
        """{layout: {column as text: field}} of the tables that were put right."""
        changed = {}
        for table, columns in self.tables:
            said = {str(column["index"]): self.cleaned_data[name] for column, name in columns}
            if any(said[str(column["index"])] != column["field"] for column, _ in columns):
                changed[table["layout"]] = said
        return changed


class HeaderForm(forms.Form):
    """Which row of which sheet the header stands in, as "sheet-row"."""

    at = forms.ChoiceField()

    def __init__(self, *args, batch, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["at"].choices = [
            (f"{number}-{row}", "")
            for number, sheet in enumerate(batch.tables)
            for row, cells in enumerate(sheet.get("rows", []))
            if any(cells)
        ]

    def place(self) -> dict:
        """{"sheet": its number among those shown, "row": from zero}."""
        sheet, row = self.cleaned_data["at"].split("-")
        return {"sheet": int(sheet), "row": int(row)}


def _layouts(tables):
    """The tables with columns, one of each layout, with the sheets it is of: ``named`` some, ``sheets`` how many."""
    found = {}
    for table in tables:
        if "columns" in table:
            found.setdefault(table["layout"], []).append(table)
    return [
        same[0] | {
            "named": "、".join(f"“{each['sheet']}”" for each in same[:NAMED]),
            "sheets": len(same),
        }
        for same in found.values()
    ]  # fmt: skip


def _names(kind):
    """{field: what it is called}, of all the kind's words."""
    names = {}
    for vocabulary in kind.vocabularies:
        names |= {name: vocabulary.label(name) for name in vocabulary.words}
    return names
