"""The claims of the sources, each an experiment that can fail.

``forms`` says what a claim consists of, ``readings`` what is read off a run, ``table`` the claims
themselves, a row each in the file of its subject: a new claim is one new row. ``running`` runs
their arms, ``statistics`` judges, ``report`` and ``matrix_report`` write and draw, ``robust`` looks
where in parameter space they hold, ``stored`` keeps what came out, and ``findings.md`` says why a
claim does not hold.
"""
