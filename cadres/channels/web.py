"""JSON to an address the office has set: bounded in time and size, never redirected, by no proxy."""

import json
import time

import urllib3
from urllib3.util import Timeout

from .base import NotSent

CONNECT_SECONDS, READ_SECONDS, WHOLE_SECONDS = 3, 5, 8
LARGEST = 64 * 1024  # bytes of an answer


def post_json(pool, address: str, body: dict, headers=()) -> dict:
    """Send one object, read one object.

    Args:
        pool: a urllib3.PoolManager; it takes no proxy from the environment.
        address: http or https.
    Raises:
        NotSent: not reached, refused, redirected, too slow, too long, or not JSON.
    """
    if not address.startswith(("http://", "https://")):
        raise NotSent("地址须以 http:// 或 https:// 开头", for_good=True)
    head = {"Content-Type": "application/json; charset=utf-8", **dict(headers)}
    until = time.monotonic() + WHOLE_SECONDS
    try:
        answer = pool.request(
            "POST",
            address,
            body=json.dumps(body, ensure_ascii=False).encode(),
            headers=head,
            redirect=False,
            retries=False,
            preload_content=False,
            timeout=Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS),
        )
        try:
            _accept(answer.status)
            return _object(_bounded(answer, until))
        finally:
            answer.close()  # nothing of a long answer is read on
    except urllib3.exceptions.SSLError as fault:
        raise NotSent("对方证书不受信任", channel_down=True) from fault
    except urllib3.exceptions.LocationValueError as fault:
        raise NotSent("地址写法不对", for_good=True) from fault
    except urllib3.exceptions.ReadTimeoutError as fault:
        raise NotSent("对方迟迟没有答复", channel_down=True) from fault
    except (urllib3.exceptions.HTTPError, OSError, UnicodeError) as fault:
        raise NotSent("连不上对方服务器", channel_down=True) from fault


def _accept(status):
    if 300 <= status < 400:
        raise NotSent(f"对方要求转到别的地址，未跟随(答复 {status})", channel_down=True)
    if status != 200:
        raise NotSent(f"对方未接受(答复 {status})", channel_down=status >= 500 or status == 429)


def _bounded(answer, until) -> bytes:
    """The answer's bytes, read as they come."""
    content = b""
    while piece := answer.read1(8192):
        content += piece
        if len(content) > LARGEST:
            raise NotSent("对方的答复过长，不是接口的答复")
        if time.monotonic() > until:
            raise NotSent("对方迟迟没有答复", channel_down=True)
    return content


def _object(content) -> dict:
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError) as fault:
        raise NotSent("对方的答复看不懂，请核对地址") from fault
    if not isinstance(answer, dict):
        raise NotSent("对方的答复看不懂，请核对地址")
    return answer
