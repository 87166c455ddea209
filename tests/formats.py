"""One invented article in every format that kg-news reads."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from html import escape

import pyarrow as pa

TITLE = "Школу у реки открыли"
URL = "https://vestnik-doliny.example/2031/04/05/shkola/"
AUTHOR = "Нурлан Примеров"
BEFORE = (
    "В Долине открыли школу на триста мест. Министр образования Асан Примеров сказал, что «ждали её десять лет».",
    "Старое здание стояло на берегу, и каждую весну первый этаж заливала вода.",
)
CAPTION, CREDIT = "Зал новой школы.", "Бурул Образцова / «Вестник долины»"
AFTER = (
    "Учителей пригласили из соседних сёл, жильё для них строят рядом со школой.",
    "Первый звонок дадут в сентябре, когда закончат спортивный зал.",
)
BLOCK = f"{CAPTION} Фото: {CREDIT}"
TEXT = " ".join((*BEFORE, *AFTER))
RAW = "\n".join((*BEFORE, BLOCK, *AFTER))
"""The text that the readers of structured formats make."""

_FIGURE = '<figure class="wp-block-image"><img src="/zal-1024x683.jpg" alt=""><figcaption>{}</figcaption></figure>'


def _paragraphs(lines: tuple[str, ...]) -> str:
    return "\n".join(f"<p>{escape(line, quote=False)}</p>" for line in lines)


CONTENT = f"{_paragraphs(BEFORE)}\n{_FIGURE.format(BLOCK)}\n{_paragraphs(AFTER)}"
SHORTCODE = (
    "\n\n".join(BEFORE)
    + f'\n\n[caption id="attachment_7" width="300"]<img src="/zal.jpg" /> {BLOCK}[/caption]\n\n'
    + "\n\n".join(AFTER)
)
_BACKLINK = (
    f'<p>Сообщение <a href="{URL}">{TITLE}</a> появилось на <a href="https://vestnik-doliny.example">Вестнике</a>.</p>'
)


def flattened() -> str:
    return f" date 2031-04 {' '.join(BEFORE)} {BLOCK} {' '.join(AFTER)}"


def plain() -> str:
    return f"---\ntitle: {TITLE}\nurl: {URL}\ndate: 2031-04-05\nauthor: {AUTHOR}\n---\n\n{RAW}\n"


def page(content: str = CONTENT) -> str:
    data = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "Вестник долины"},
            {
                "@type": "NewsArticle",
                "headline": TITLE,
                "datePublished": "2031-04-05T10:00:00+06:00",
                "author": [{"@type": "Person", "name": AUTHOR}],
            },
        ],
    }
    return f"""<!DOCTYPE html>
<html lang="en-US"><head><meta charset="utf-8"><title>{TITLE} — Вестник долины</title>
<link rel="canonical" href="{URL}"><meta property="og:title" content="{TITLE} — Вестник долины">
<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script></head>
<body><nav><a href="/">Главная</a> <a href="/mir">Мир</a></nav>
<article><h1>{TITLE}</h1>{content}</article>
<aside><h3>Читайте также</h3><figure><img src="/sneg.jpg"><figcaption>Снег. Фото: Улан Пробный</figcaption></figure>
<a href="/sneg">На перевале выпал снег</a></aside><footer>Все права защищены</footer></body></html>"""


def wordpress() -> str:
    post = {
        "id": 4711,
        "date": "2031-04-05T10:00:00",
        "date_gmt": "2031-04-05T04:00:00",
        "link": URL,
        "type": "post",
        "title": {"rendered": TITLE},
        "content": {"rendered": CONTENT, "protected": False},
        "_embedded": {"author": [{"name": AUTHOR}]},
    }
    return json.dumps([post], ensure_ascii=False)


def wxr(content: str = SHORTCODE) -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Вестник долины</title><wp:wxr_version>1.2</wp:wxr_version>
<item><title>Черновик</title><wp:post_id>1</wp:post_id><wp:status>draft</wp:status><wp:post_type>post</wp:post_type>
<content:encoded><![CDATA[Не готово.]]></content:encoded></item>
<item><title>{TITLE}</title><link>{URL}</link><pubDate>Sat, 05 Apr 2031 04:00:00 +0000</pubDate>
<dc:creator>{AUTHOR}</dc:creator><wp:post_id>4711</wp:post_id><wp:post_date>2031-04-05 10:00:00</wp:post_date>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<content:encoded><![CDATA[{content}]]></content:encoded></item></channel></rss>"""


def rss(content: str = CONTENT + _BACKLINK) -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Вестник долины</title><link>https://vestnik-doliny.example</link>
<item><title>{TITLE}</title><link>{URL}</link><guid isPermaLink="false">https://vestnik-doliny.example/?p=4711</guid>
<pubDate>Sat, 05 Apr 2031 04:00:00 +0000</pubDate><dc:creator>{AUTHOR}</dc:creator>
<description>В Долине открыли школу […]</description><content:encoded><![CDATA[{content}]]></content:encoded>
</item></channel></rss>"""


def atom() -> str:
    return f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Вестник долины</title>
<entry><title>{TITLE}</title><link rel="alternate" href="{URL}"/><id>tag:vestnik-doliny.example,2031:4711</id>
<published>2031-04-05T10:00:00+06:00</published><updated>2031-05-01T10:00:00+06:00</updated>
<author><name>{AUTHOR}</name></author><content type="html">{escape(CONTENT)}</content></entry></feed>"""


def jsonl() -> str:
    line = {"id": "4711", "text": RAW, "url": URL, "date": "2031-04-05", "title": TITLE}
    return json.dumps(line, ensure_ascii=False) + "\n"


def table() -> str:
    quoted = '"' + RAW.replace('"', '""') + '"'
    return f"id,title,url,date,author,text\r\n4711,{TITLE},{URL},2031-04-05,{AUTHOR},{quoted}\r\n"


def warc_record(
    body: bytes, *, url: str = URL, length: int | str | None = None, status: str = "200 OK", charset: str = "utf-8"
) -> bytes:
    """A response record; `length` in place of the right one."""
    http = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset={charset}\r\n\r\n".encode() + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\n"
        f"WARC-Target-URI: {url}\r\nWARC-Date: 2031-05-01T00:00:00Z\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http) if length is None else length}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def warc() -> bytes:
    return warc_record(b"", url="https://vestnik-doliny.example/old/", status="301 Moved") + warc_record(
        page().encode()
    )


FORMATS: dict[str, Callable[[], str | bytes]] = {
    "flattened": flattened,
    "plain": plain,
    "html": page,
    "wordpress": wordpress,
    "wxr": wxr,
    "feed": rss,
    "jsonl": jsonl,
    "csv": table,
    "warc": warc,
}


def data(format: str) -> bytes:
    made = FORMATS[format]()
    return made if isinstance(made, bytes) else made.encode()


def zstd(plain: bytes) -> bytes:
    packed: bytes = pa.compress(plain, codec="zstd", asbytes=True)
    return packed


PACKINGS: dict[str, Callable[[bytes], bytes]] = {
    "as it is": bytes,
    "gzip": lambda plain: gzip.compress(plain, mtime=0),
    "zstd": zstd,
    "gzip of zstd": lambda plain: gzip.compress(zstd(plain), mtime=0),
}
