"""A static site of an index: the pages of the server and the search in the browser, as files.

:func:`export_site` writes it; docs/export-site.md tells what is in it and how it is put on a host.
"""

from fihris.web.static_site.export import SiteReport, export_site

__all__ = ["SiteReport", "export_site"]
