"""The guided lessons: a question, a guess, the settings, what to look at, what the sources say.

Each lesson is a link. Words are here and not in ``texts.py`` only because they belong together with
the settings they speak of; they carry no words of the page. ``right`` is the answer that comes out
of the model at the settings of the lesson; a test runs every lesson and checks it.
"""

from __future__ import annotations

from typing import NamedTuple

from relsim.app.settings import Settings, parse
from relsim.io.errors import known


class Slider(NamedTuple):
    """A slider of the exported file: which arms it moves, and its nine stops."""

    name: str
    arms: str
    low: float
    high: float


class Lesson(NamedTuple):
    """One guided lesson.

    Attributes
    ----------
    key : str
        Name in links.
    title, question : str
        What it is about.
    guesses : tuple of str
        Answers to choose from before anything is shown.
    right : int
        The answer that comes out of the model.
    measure : str
        The measure that decides, and ``sign`` of market B minus market A for the right answer.
    sign : int
        -1, 0 (no clear difference) or 1.
    settings : str
        The link, without the key of the lesson.
    look, sources, further : str
        What to look at; what the sources say, with their keys; what to try next.
    pictures : tuple of str
        Figures to show first.
    sliders : tuple of Slider
        Of the exported file; two at most.
    """

    key: str
    title: str
    question: str
    guesses: tuple[str, ...]
    right: int
    measure: str
    sign: int
    settings: str
    look: str
    sources: str
    further: str
    pictures: tuple[str, ...]
    sliders: tuple[Slider, ...]

    @property
    def link(self) -> str:
        """The query that opens it."""
        return f"lesson={self.key}&{self.settings}"

    @property
    def opened(self) -> Settings:
        """Its settings, checked."""
        return parse(self.link)


LESSONS = (
    Lesson(
        "price",
        "Who pays less?",
        "Buyers in market A play their suppliers off against each other for the lowest price. "
        "Buyers in market B treat them as partners. Over ten years, in which market is the price of a "
        "component lower? And where, do you think, does a unit cost less in the end?",
        ("A, the aggressive buyers", "B, the trusting buyers", "No clear difference"),
        0,
        "component_price",
        1,
        "seed=0&a.stance=aggressive&b.stance=trusting",
        "The price is the grey part of the bars, and the aggressive pay the lower one. Then look at what "
        "lies on top of it: haggling, inspection, problems, later service; and at what ideas save. Watch "
        "over time: what happens to the advantage when the first contracts run out?",
        "Aggressive buyers may pay less per component (ASR), and lose in the long run, since "
        "suppliers stop telling them what would be valuable (ASR). More trust goes with lower "
        "transaction cost (DC03).",
        "Move aggressiveness in market A from one end to the other. Is there a best place?",
        ("cumulative", "per_unit", "stack", "parts"),
        (Slider("aggressiveness", "a", 0.0, 1.0), Slider("aggressiveness", "b", 0.0, 1.0)),
    ),
    Lesson(
        "time",
        "Where does the time go?",
        "Buyers and sellers meet for hours every month. In which market is a larger share of these "
        "hours spent on haggling, contracts and blame rather than on joint work?",
        ("A, the aggressive buyers", "B, the trusting buyers", "No clear difference"),
        0,
        "transaction_time_share",
        -1,
        "seed=0&a.stance=aggressive&b.stance=trusting",
        "The picture of time on price and blame. The dashed lines are published numbers: 47% for the "
        "least trusted of eight automakers, 25% for the most trusted.",
        "DC03 asked suppliers about eight automakers: almost half of the face-to-face time with the "
        "least trusted was unproductive, a quarter with the most trusted. Two whole markets of one "
        "kind each are another question than eight automakers in one market.",
        "Which other slider moves this share? Try uncertainty in both markets.",
        ("transaction", "stack", "parts", "trust_cost"),
        (Slider("aggressiveness", "a", 0.0, 1.0), Slider("uncertainty", "ab", 0.0, 1.0)),
    ),
    Lesson(
        "ideas",
        "Who hears the good ideas?",
        "Suppliers have ideas that would save their customer money. They need not tell. Where do "
        "buyers get more ideas from a supplier in a year?",
        ("A, the aggressive buyers", "B, the trusting buyers", "No clear difference"),
        1,
        "ideas_received",
        1,
        "seed=0&a.stance=aggressive&b.stance=trusting",
        "Ideas from a supplier, and what suppliers have disclosed. An idea is offered where the supplier "
        "expects more from offering it than from having it shopped around to a rival.",
        "Suppliers who trust offer ideas for design and production; aggressive buyers are not told "
        "what would be valuable (ASR, DC03). Trust also creates value, which contracts cannot (DC03).",
        "In market B, under all parameters, raise the share of ideas shopped around. Do suppliers "
        "go on telling?",
        ("information", "ideas", "disclosure", "phases_b"),
        (Slider("aggressiveness", "a", 0.0, 1.0), Slider("candour", "b", 0.0, 1.0)),
    ),
    Lesson(
        "silence",
        "No complaints: a good sign?",
        "In both markets buyers bargain alike. In market A buyers are not candid, in market B they "
        "say openly what is wrong. Who voices more of the serious problems, and is better off?",
        (
            "A hears fewer complaints and buyers pay less",
            "B hears more complaints and buyers pay less",
            "It makes no difference to cost",
        ),
        1,
        "total_cost_per_unit",
        -1,
        "seed=0&a.aggressiveness=0.5&a.candour=0.1&b.aggressiveness=0.5&b.candour=0.9",
        "The row of serious problems voiced in the table, and what a unit costs. A problem that is "
        "not voiced cannot be made good, and is not forgotten.",
        "The surest sign of a relationship going bad is that no complaints come: the customer is not "
        "candid, or is not being reached (L83, ASR). At most a quarter of serious problems are ever "
        "voiced to the supplier (GO).",
        "Let all sellers of market A audit their accounts. Does that mend it?",
        ("per_unit", "parts", "phases_a", "phases_b"),
        (Slider("candour", "a", 0.0, 1.0), Slider("practice_share", "a", 0.0, 1.0)),
    ),
    Lesson(
        "promises",
        "What do big promises cost?",
        "In market A no seller over-promises, in market B all of them do. They win orders with it. "
        "Where do buyers trust their suppliers less after ten years?",
        ("A, the honest sellers", "B, the over-promising sellers", "No clear difference"),
        1,
        "trust_in_suppliers",
        -1,
        "seed=0&a.aggressiveness=0.5&a.over_promising=0&b.aggressiveness=0.5&b.over_promising=1",
        "Promises kept and trust in suppliers in the table; then the phases.",
        "What is promised before the sale sets the expectations that the delivery is judged by "
        "(L83). Over-promising wins the order and costs trust (ASR).",
        "Give every account an owner who answers for the whole of it. Is that enough?",
        ("per_unit", "phases_a", "phases_b", "transaction"),
        (
            Slider("over_promising", "b", 0.0, 1.0),
            Slider("practice_share", "b", 0.0, 1.0),
        ),
    ),
    Lesson(
        "service",
        "The price without the service",
        "In market A the price carries the cost of later service, in market B it does not. What "
        "does a unit cost in the end?",
        ("Less in A", "Less in B", "No clear difference"),
        1,
        "total_cost_per_unit",
        -1,
        "seed=0&a.aggressiveness=0.5&a.service_in_price_share=1"
        "&b.aggressiveness=0.5&b.service_in_price_share=0",
        "The grey price against the brown part, later service, and against problems and delay. Here "
        "the model does not say what the source says: with all sellers alike, what the price carries "
        "for service is more than it saves. Which assumption would you doubt?",
        "A buyer's spending does not end with the purchase price; where the price does not carry the "
        "cost of later service, the buyer pays extra for poor product and delay (ASR).",
        "Let buyers in market B look at life-cycle cost instead of the price.",
        ("stack", "parts", "per_unit", "cumulative"),
        (
            Slider("service_in_price_share", "b", 0.0, 1.0),
            Slider("life_cycle_weight", "b", 0.0, 1.0),
        ),
    ),
    Lesson(
        "storm",
        "Partners in a storm",
        "Both markets have trusting buyers. In market A needs hardly change, in market B they change "
        "strongly and often. Then the same with aggressive buyers. First: where does a unit cost more?",
        ("A, the calm market", "B, the stormy market", "No clear difference"),
        1,
        "total_cost_per_unit",
        1,
        "seed=0&a.stance=trusting&a.uncertainty=0.05&b.stance=trusting&b.uncertainty=0.9",
        "Problems and delay in the parts of the difference. Note the number, then make both stances "
        "aggressive: is the storm dearer for them?",
        "In uncertain environments, treating suppliers as partners is a substantial advantage (ASR); "
        "that it grows with uncertainty is our reading.",
        "Find the uncertainty at which aggressive and trusting buyers pay the same, if there is one.",
        ("per_unit", "parts", "cumulative", "phases_b"),
        (Slider("uncertainty", "b", 0.0, 1.0), Slider("aggressiveness", "ab", 0.0, 1.0)),
    ),
    Lesson(
        "equipment",
        "Where toughness pays",
        "Now buyers buy equipment: every half year, delivered half a year later, in use for seven "
        "years. In market A they play suppliers off against each other, in market B they treat them as "
        "partners. Where does a unit cost less after ten years?",
        ("A, the aggressive buyers", "B, the trusting buyers", "No clear difference"),
        0,
        "total_cost_per_unit",
        1,
        "preset=capital_equipment&seed=0&a.stance=aggressive&b.stance=trusting",
        "The grey price against all that lies on top of it. Here the lower price outweighs what ideas "
        "and service bring within ten years. Compare with the first lesson: what is different about "
        "equipment?",
        "Aggressive buyers may pay less per component (ASR). That they lose in the long run (ASR) has to "
        "come out of the model, and here it does not.",
        "Start from the components of the first lesson and change one thing at a time. Which of them "
        "turns the result?",
        ("per_unit", "stack", "parts", "cumulative"),
        (Slider("aggressiveness", "a", 0.0, 1.0), Slider("uncertainty", "ab", 0.0, 1.0)),
    ),
    Lesson(
        "engineers",
        "Engineers at the customer's",
        "In market A suppliers let engineers and production people spend time with customers. In market "
        "B they do not. Where do more suppliers lose their customers?",
        ("A, with engineers", "B, without", "No clear difference"),
        2,
        "suppliers_lost",
        0,
        "seed=0&a.aggressiveness=0.5&b.aggressiveness=0.5&b.without=customer_time",
        "Suppliers lost in a year, in the table; then ideas from a supplier, and what a unit costs in all. "
        "Something comes of that time. Who gets it?",
        "Engineers who spend time with customers bring ideas, and customers are to stay for it (B13: ASR). "
        "In the model the ideas come and cost falls, and who leaves is no other.",
        "Let listening count for more in market A. When does it keep customers?",
        ("ideas", "per_unit", "parts", "phases_a"),
        (Slider("listening_effect", "a", 0.0, 2.0), Slider("aggressiveness", "ab", 0.0, 1.0)),
    ),
    Lesson(
        "cause",
        "Is it trust?",
        "Now trust itself is clamped, whatever anybody does: at 20% in market A, at 80% in market "
        "B. Buyers bargain alike. Where does a unit cost less in the end?",
        ("A, little trust", "B, much trust", "No clear difference"),
        1,
        "total_cost_per_unit",
        -1,
        "seed=0&a.aggressiveness=0.5&a.clamped_trust=0.2&b.aggressiveness=0.5&b.clamped_trust=0.8",
        "This is the only comparison in which nothing but trust differs. Compare the size of the "
        "difference with that of the first lesson.",
        "Trust is confidence that the other will not exploit one's vulnerability; building it takes "
        "risk and costs flexibility (ASR). DC03 found that trust goes with lower cost; what goes "
        "together need not be cause and effect.",
        "Raise trust in market B to 100%. Is more always better?",
        ("stack", "parts", "ideas", "transaction"),
        (Slider("clamped_trust", "b", 0.0, 1.0), Slider("aggressiveness", "ab", 0.0, 1.0)),
    ),
)


def lesson(key: str) -> Lesson:
    """The lesson of a key.

    Raises
    ------
    InputError
        If there is none.

    Examples
    --------
    >>> lesson("price").right
    0
    """
    known("lesson", [key], [one.key for one in LESSONS])
    return next(one for one in LESSONS if one.key == key)
