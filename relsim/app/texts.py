"""All words of the classroom app, in one catalogue: a translation is one file.

Words of the lessons are in ``LESSONS``; those in braces are filled in by ``text``.
"""

from __future__ import annotations

from types import MappingProxyType

from relsim.io.errors import known

TEXTS = MappingProxyType(
    {
        # --- the page ---
        "title": "What do ten years of buying do?",
        "subtitle": "Two markets, the same firms, the same random draws. Move a slider and watch.",
        "arm": "Market {letter}",
        "stance": "how buyers bargain",
        "between": "between trusting and aggressive",
        "between_title": "aggressive {level}",
        "all_parameters": "All parameters",
        "add_parameter": "add a slider for",
        "add": "Add",
        "both": "Sliders move both markets",
        "preset": "what is traded",
        "lesson": "lessons",
        "no_lesson": "Free play",
        "tools": "settings",
        "seed": "seed",
        "copy_seed": "Copy seed",
        "new_seed": "New seed",
        "reset": "Reset",
        "copy_link": "Copy link",
        "copied": "Copied",
        "picture": "PNG",
        "numbers": "CSV",
        "dark": "Dark",
        "light": "Light",
        "play": "Play",
        "pause": "Pause",
        "month": "month",
        "moving": "{count} pairs of runs while it moves",
        "at_rest": "{count} pairs of runs, band: 95% interval",
        "waiting": "The first numbers are on their way: the model is being compiled or loaded.",
        "bad_link": "The link could not be understood: {message}. The opening settings are shown.",
        "bad_value": "Not computed: {message}",
        "lost": "The connection was lost. The page looks for it; the link keeps your settings.",
        "failed": "Not computed: the classroom met an error. Its terminal says more.",
        "no_script": "This page needs JavaScript.",
        "summary": "The numbers",
        "difference": "B minus A",
        "interval": "95% interval",
        "measure": "measure",
        "effect_note": (
            "The interval says how sure the number is given the model, "
            "not whether the model is right."
        ),
        "keyboard": "Arrow keys move a slider, space plays the months.",
        "tell": "What is seen",
        # --- what is seen, in words ---
        "headline_cheaper": (
            "Over {years} years a unit costs {difference} less in market {letter} "
            "({low} to {high}), everything counted."
        ),
        "headline_equal": "Over {years} years no clear difference in what a unit costs.",
        "headline_price": "Its price alone is {difference} {direction} in market {letter}.",
        "higher": "higher",
        "lower": "lower",
        "crossing": "From month {month} on, {arm} has cost more in all",
        "crossing_share": " (in {share} of the pairs)",
        "no_crossing": "Neither overtakes the other after the first month",
        # --- pictures: title, axes, alternative text ---
        "cumulative": "Cost of a unit, all months so far",
        "cumulative_alt": "Total cost of a unit of all that was bought so far, month by month.",
        "per_unit": "Cost of a unit at the time",
        "per_unit_alt": "Total cost of a unit, half-year by half-year.",
        "stack": "What a unit costs, part by part",
        "stack_alt": "Parts of the total cost of a unit. Below zero: what ideas save.",
        "parts": "Where B differs from A",
        "parts_alt": "Each part of the cost, B minus A. Left of zero, B is cheaper.",
        "trust_cost": "Buyers' cost by trust, size apart",
        "trust_cost_alt": (
            "Total cost of buyers by how far their suppliers trust them; band: interquartile range."
        ),
        "information": "Disclosed by suppliers",
        "information_alt": "Layers of business information that suppliers have disclosed, 0 to 3.",
        "ideas": "Ideas from a supplier",
        "ideas_alt": "Ideas that a supplier offers in a year.",
        "transaction": "Time on price and blame",
        "transaction_alt": (
            "Share of face-to-face time on negotiating, contracting and blame. Dashed: published "
            "shares at the least and the most trusted of eight automakers (DC03)."
        ),
        "phases": "Phases in market {letter}",
        "phases_alt": "Share of relationships in each phase, month by month.",
        "disclosure": "Disclosed by the end",
        "disclosure_alt": (
            "Share of relationships that reached each layer of business and of personal "
            "disclosure at the end, in the pair of markets that is drawn."
        ),
        "network": "Market {letter}: who buys from whom",
        "network_alt": (
            "Buyers above, salespeople below. Colour is the phase, width is the trust of both "
            "sides."
        ),
        "axis_month": "month",
        "axis_money": "money per unit",
        "axis_share": "share of time face to face",
        "axis_layers": "layers",
        "axis_year": "a year",
        "axis_trust": "suppliers' trust in the buyer",
        "axis_relationships": "relationships",
        "axis_reached": "relationships that got there",
        "published_least": "published: 47%",
        "published_most": "published: 25%",
        "layers_business": "business: general|business: strategic|business: synergistic",
        "layers_personal": "person: general self|person: personal life|person: private self",
        "phase_names": "commercial|collaborative|also personal",
        "buyers": "buyers",
        "salespeople": "salespeople",
        "one_buyer": "buyer {number}",
        "one_salesperson": "salesperson {number}",
        "story": (
            "buyer {buyer} and salesperson {seller}: {since}. Trust of the buyer {first}%, "
            "of the seller {second}%."
        ),
        "story_before": "partners since before month 0",
        "story_since": "partners since month {month}",
        "story_joint": "collaborative since month {month}",
        "story_personal": "personal since month {month}",
        # --- lessons ---
        "guess_first": "What do you think?",
        "right": "That is what comes out here.",
        "wrong": "Here it comes out otherwise:",
        "decides": "{measure}: {a} in A, {b} in B. B minus A: {difference} ({low} to {high}).",
        "all": "All sliders and pictures",
        "next": "Next: {title}",
        "look": "What to look at",
        "sources": "What the sources say",
        "try": "Then play",
        # --- the exported file ---
        "export_note": (
            "Computed beforehand with relsim {version}: {replicates} pairs of runs at every stop, "
            "seed {seed}. This file needs no internet."
        ),
        # --- names of sliders, where that of the parameter is no plain word ---
        "slider_aggressiveness": "aggressiveness",
        "slider_life_cycle_weight": "life-cycle cost or price",
        "slider_uncertainty": "uncertainty",
        "slider_candour": "candour",
        "slider_personal_boundary": "personal boundaries",
        "slider_practice_share": "firms with good practices",
        "slider_over_promising": "sellers that over-promise",
        "slider_service_in_price_share": "service priced in",
        "slider_bond_cost": "cost of a bond",
        "slider_clamped_trust": "trust clamped at",
    }
)
"""Every text by its name."""


def text(name: str, **values: object) -> str:
    """A text with its values filled in.

    Parameters
    ----------
    name : str
        One of ``TEXTS``.
    **values : object
        What stands in braces.

    Examples
    --------
    >>> text("arm", letter="A")
    'Market A'
    """
    known("text", [name], TEXTS)
    return TEXTS[name].format(**values) if values else TEXTS[name]


def slider_name(name: str) -> str:
    """Name of a parameter as a slider shows it.

    Examples
    --------
    >>> slider_name("bond_cost"), slider_name("wage")
    ('cost of a bond', 'wage')
    """
    return TEXTS.get(f"slider_{name}", name.replace("_", " "))
