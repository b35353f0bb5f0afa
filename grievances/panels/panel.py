"""The base of the panels."""


class Panel:
    """One panel of a matter's page. Subclasses set ``template`` (it reads ``said`` and ``matter``)."""

    template = ""
    on_file = True  # whether 一事一档 prints it

    def say(self, matter, user, now) -> dict | None:
        """What the template needs; None to show nothing.

        Args:
            now: the moment the page is drawn.
        """
        raise NotImplementedError(f"{type(self).__name__} says nothing")
