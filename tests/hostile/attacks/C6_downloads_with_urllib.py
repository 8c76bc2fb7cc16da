# /// attack
# group = "C6"
# says = "downloads a file with the standard library"
# probe = true
# through = ["process"]
# ///
import urllib.request


def attempt():
    return len(urllib.request.urlopen(f"http://127.0.0.1:{WORLD['port']}/page", timeout=1).read()) > 0
