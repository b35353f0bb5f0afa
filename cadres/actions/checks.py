"""Who may act on whom: asked by every verb before it touches a row."""

from liaison.errors import NotAllowed

MANAGE_ACCOUNTS = "cadres.manage_accounts"
MANAGE_TEAMS = "cadres.manage_teams"
MANAGE_LINKS = "cadres.manage_links"
MANAGE_ROBOTS = "cadres.manage_robots"
MANAGE_PLANS = "cadres.manage_plans"


def require(by, permission: str, township) -> None:
    """The actor holds the permission, and the township is his.

    Raises:
        NotAllowed: one of the two is missing.
    """
    if not by.has_perm(permission):
        raise NotAllowed("您的岗位不办理这项工作，如有需要请联系系统管理员。")
    if township not in by.townships_for(permission):
        raise NotAllowed("该记录不属于您所在的乡镇，不能办理。")
