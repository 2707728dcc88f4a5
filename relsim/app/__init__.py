"""The classroom app: a landing page, lessons, and a sandbox: drag a slider, see ten years.

The folder follows the way of the data: ``settings`` (what a link says) -> ``engine`` (runs, for all
sessions fairly) -> ``views`` (the numbers that are drawn) and ``sentences`` (what they say) ->
``figures`` (Bokeh) -> ``page`` (HTML around them) -> ``serve`` (which sends ``messages``) or
``export``. All words are in the catalogues in ``words``, read by ``texts``; ``pages`` says how a
new page is added. Needs the optional packages: ``pip install "relsim[app]"``.
"""
