"""Which post somebody sits by: one he holds, or one to be made for him."""

import re
from dataclasses import dataclass

from cadres.roles import Role

MAX_TITLE = 60
_DIGITS = "一二三四五六七八九十"


@dataclass(eq=False)
class PlannedPost:
    """A post for a seat. ``post`` is the stored one; ``is_appointed`` when somebody takes it by this import."""

    title: str
    role: str
    village: object = None
    department: object = None
    post: object = None
    who: object = None
    is_appointed: bool = False
    since: object = None  # the day, when the list says one


def numbered(base, number):
    """副镇长, 副镇长（二）, 副镇长（三） …: posts of one name are told apart by a number."""
    if number == 1:
        return base[:MAX_TITLE]
    tens, ones = divmod(number, 10)
    word = (_DIGITS[tens - 1] if tens > 1 else "") + ("十" if tens else "")
    word += _DIGITS[ones - 1] if ones else ""
    return f"{base[: MAX_TITLE - 6]}（{word}）"


def is_named(title, base):
    """Whether a post's title is this one, numbered or not."""
    return bool(re.fullmatch(rf"{re.escape(base)}(（[{_DIGITS}]+）)?", title))


class Posts:
    """Gives out posts; knows which are taken by this file already."""

    def __init__(self, registry):
        self.registry = registry
        self.given = set()  # titles of new posts, and of vacant ones given to somebody
        self.planned = []

    def stored(self, post, who):
        """The PlannedPost of a post somebody holds already."""
        for each in who.posts:
            if each.post is not None and each.post.pk == post.pk:
                return each
        plan = PlannedPost(post.title, post.role, post=post, who=who)
        who.posts.append(plan)
        return plan

    def is_free(self, title, role):
        """Whether a post of this title can be given: a new one, or a vacant one of the role."""
        post = self.registry.posts.get(title)
        free = post is None or (post.role == role and self.registry.is_vacant(post))
        return free and title not in self.given

    def is_replaced(self, title, in_file):
        """Whether the only post of this name is held by somebody the file does not speak of: a change of holder?

        副镇长 and 干部, which several hold anyway, never are.
        """
        alike = [each for each in self.registry.posts if is_named(each, title)]
        given = [each for each in self.given if is_named(each, title)]
        if alike != [title] or len(given) > 1:
            return False
        holder = self.registry.holder_of.get(self.registry.posts[title].pk)
        return holder is not None and holder.pk not in in_file

    def appoint(self, who, base, role, *, village=None, department=None, since=None):
        """A post of this name and role for somebody: a vacant one, or a new one; numbered where it must be.

        Returns:
            The PlannedPost.
        """
        for number in range(1, 100):
            title = numbered(base, number)
            if self.is_free(title, role):
                break
        self.given.add(title)
        post = self.registry.posts.get(title)
        place = village if role == Role.CONTACT else None
        plan = PlannedPost(
            title, role, place, department, post, who, is_appointed=True, since=since
        )
        self.planned.append(plan)
        who.posts.append(plan)
        return plan
