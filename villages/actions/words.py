"""What the trail may keep of a row: words of the office, numbers masked."""

from liaison import audit
from liaison.personal import mask_id, mask_phone


def masked(resident) -> dict[str, str]:
    """What the trail may keep of a person. Tags stay out: some are sensitive."""
    phones = resident.phones.split("、") if resident.phones else []
    return {
        "姓名": resident.name,
        "与户主关系": resident.relation,
        "性别": resident.get_sex_display(),
        "出生日期": str(resident.birth_date or ""),
        "身份证号": mask_id(resident.id_number),
        "联系电话": "、".join(mask_phone(phone) for phone in phones),
        "备注": "有" if resident.remark else "",
    }


def changes(row, facts):
    """(before, after) in words, of the fields that differ; ``row`` is changed."""
    before, after = {}, {}
    for name, value in facts.items():
        if getattr(row, name) == value:
            continue
        label = str(row._meta.get_field(name).verbose_name)
        before[label] = str(getattr(row, name))
        setattr(row, name, value)
        after[label] = str(getattr(row, name))
    return before, after


def save_version(row, by, action, before, after):
    """Store a row whose words changed, with a line in the trail; nothing when none did."""
    if after:
        row.version += 1
        row.save()
        audit.record(
            by=by,
            action=action,
            subject=row,
            before=before,
            after=after,
            township_id=row.township_id,
        )
    return row
