"""Every argument of an equation has a unit: its own row of the glossary, or a name that has one."""

from relsim.cli import access
from relsim.model import entities
from relsim.model.glossary import ARGUMENTS
from relsim.model.initialization import PARAMETER_DTYPE
from relsim.model.records import Entity

VARIABLES = {v.name for e in vars(entities).values() if isinstance(e, Entity) for v in e.variables}
ROWS = [name for row in ARGUMENTS for name in row.names]
USED = {
    argument.arg
    for name, function in access.functions().items()
    if not name.endswith("_step")
    for argument in function.args.args
}


def test_every_argument_is_in_a_table_and_no_row_is_idle():
    tables = {*(PARAMETER_DTYPE.names or ()), *VARIABLES}
    assert sorted(ROWS) == sorted(USED - tables)


def test_steps_read_and_write_what_their_code_says():
    read = access.read_of_others("environment.buyer_step")
    assert read == {
        ("relationship", "business_disclosure_by_buyer"),
        ("relationship", "business_disclosure_by_seller"),
        ("salesperson", "listening"),
    }
    written = access.written("environment.buyer_step")
    assert written == {("buyer", "need_shift"), ("relationship", "misfit")}


def test_what_acquaintances_say_is_read_of_others():
    field = ("relationship", "buyer_trust_in_seller")
    assert field in access.read_of_others("word_of_mouth.buyer_step")
