"""manage.py rebuild_search [--township CODE] [--missing]: the words 全局查找 reads, worked out anew; safe to repeat."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Exists, OuterRef

from villages.models import SearchToken, Township
from villages.search import rebuild


class Command(BaseCommand):
    """One transaction a township, so that nobody searches in a half-filled one."""

    help = "重建全局查找的索引，可重复执行"

    def add_arguments(self, parser):
        """--township and --missing."""
        parser.add_argument("--township", default="", help="只重建这个乡镇（12位代码）")
        parser.add_argument("--missing", action="store_true", help="只补建还没有索引的乡镇")

    def handle(self, *args, **options):
        """Exit 1 with a sentence when there is no such township."""
        townships = Township.objects.order_by("code")
        if options["township"]:
            townships = townships.filter(code=options["township"])
            if not townships:
                raise CommandError(f"没有代码为 {options['township']} 的乡镇，请核对。")
        if options["missing"]:
            townships = townships.exclude(
                Exists(SearchToken.objects.filter(township_id=OuterRef("pk")))
            )
        for township in list(townships):
            with transaction.atomic():
                done = rebuild(township)
            if done and options["verbosity"]:
                self.stdout.write(f"{township}：{done} 户、人")
