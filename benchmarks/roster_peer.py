"""What the import would be with django-import-export as it comes."""

from import_export.fields import Field
from import_export.resources import ModelResource
from import_export.widgets import DateWidget, ForeignKeyWidget

from liaison.personal import blind_index
from villages.models import Household, Resident, Township, Village

HEADS = (
    "township", "village", "household", "name", "relation", "sex", "birth_date", "id_number",
    "id_index", "phones", "remark",
)  # fmt: skip


class PeerResource(ModelResource):
    """Residents found by their number's index, their places by name and number."""

    township = Field("township", "township", ForeignKeyWidget(Township, "name"))
    village = Field("village", "village", ForeignKeyWidget(Village, "name"))
    household = Field("household", "household", ForeignKeyWidget(Household, "number"))
    birth_date = Field("birth_date", "birth_date", DateWidget("%Y-%m-%d"))

    class Meta:
        model = Resident
        fields = HEADS
        import_id_fields = ("id_index",)
        use_bulk = True
        batch_size = 1000

    @staticmethod
    def cells(row):
        """A row of the roster as a row of HEADS."""
        village, _, _, number, _, name, relation, sex, id_number, born, phone, _, _, remark = row
        return (
            "青山镇", village, number, name, relation, "M" if sex == "男" else "F", born, id_number,
            blind_index(id_number, "id"), phone, remark,
        )  # fmt: skip
