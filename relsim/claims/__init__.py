"""The claims of the sources, each an experiment that can fail.

``forms`` says what a claim consists of, ``readings`` what is read off a run, ``table`` the claims
themselves, ``running`` runs their arms, ``statistics`` judges, ``report`` writes and draws.
"""
