"""Columns of the sheets of the house-keeping lists: accounts, posts, units, notices."""

from cadres.exports import in_chunks
from cadres.holders import hang_holders, hang_posts_and_teams
from liaison.excel import Column, Export


def _standing(row):
    return f"{row.abolished_on}撤销" if row.abolished_on else "在用"


class UserExport(Export):
    """账号一览表: no log-in times, no passwords."""

    title = "账号一览表"
    file_word = "账号"
    columns = (
        Column("用户名", "username", 16),
        Column("姓名", "display_name", 12),
        Column("现任岗位", lambda user: "、".join(post.title for post in user.posts_now), 40),
        Column("状态", lambda user: "启用" if user.is_active else "停用", 8),
    )

    def rows(self):
        """With today's posts hung onto each chunk."""
        for chunk in in_chunks(super().rows()):
            yield from hang_posts_and_teams(chunk, self.on)


class PostExport(Export):
    """岗位一览表."""

    title = "岗位一览表"
    file_word = "岗位"
    columns = (
        Column("岗位名称", "title", 24),
        Column("角色", "get_role_display", 16),
        Column("所属单位", "department.name", 20),
        Column("所在村", "village.name", 16),
        Column(
            "现任", lambda post: post.holder_now.display_name if post.holder_now else "空缺", 12
        ),
        Column("状态", _standing, 18),
    )

    def rows(self):
        """With today's holders hung onto each chunk."""
        for chunk in in_chunks(super().rows()):
            hang_holders(chunk, self.on)
            yield from chunk


class DepartmentExport(Export):
    """承办单位一览表."""

    title = "承办单位一览表"
    file_word = "承办单位"
    columns = (
        Column("单位名称", "name", 24),
        Column("办公电话", "phone", 16),
        Column("状态", _standing, 18),
    )


class NoticeExport(Export):
    """通知, one's own."""

    title = "通知"
    file_word = "通知"
    columns = (
        Column("时间", "due_at", 18, "date"),
        Column("标题", "title", 40),
        Column("内容", "text", 60),
        Column("状态", lambda notice: "已读" if notice.read_at else "未读", 8),
    )


class DeliveryExport(Export):
    """未发出的通知."""

    title = "未发出的通知"
    file_word = "未发出的通知"
    columns = (
        Column("应发时间", "told.due_at", 18, "date"),
        Column("收件人", "addressee", 12),
        Column("渠道", "get_channel_display", 10),
        Column("标题", "told.title", 40),
        Column("状态", "get_state_display", 12),
        Column("次数", "attempts", 8, "number"),
        Column("原因", "reason", 40),
    )


class RobotExport(Export):
    """群机器人一览表: no addresses, no keys."""

    title = "群机器人一览表"
    file_word = "群机器人"
    columns = (
        Column("群名称", "name", 24),
        Column("类型", "get_kind_display", 12),
        Column("提醒谁的驻点日", lambda robot: str(robot.team or "全部团队"), 30),
        Column("状态", lambda robot: "在用" if robot.is_active else "停用", 8),
    )
