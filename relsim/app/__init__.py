"""The classroom app: drag a slider, see ten years.

The folder follows the way of the data: ``settings`` (what a link says) -> ``engine`` (runs, for all
sessions fairly) -> ``views`` (the numbers that are drawn) -> ``pictures`` (Bokeh figures) ->
``page`` (HTML around them) -> ``serve`` (which sends ``messages``) or ``export``. All words are in
``texts``, the lessons in ``lessons``. Needs the optional packages: ``pip install "relsim[app]"``.
"""
