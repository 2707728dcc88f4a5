"""Ledgers: what both sides had, spent and saw, summed (ODD 2, 4).

Every buyer and every salesperson has one for the month under way and one for the whole run, and
each kind one for every period.
Measures are ratios of these sums.
"""

from __future__ import annotations

from relsim.model.records import Entity, Variable

BUYER_LEDGER = Entity(
    "buyer ledger",
    "What a buyer (or all buyers together) had, spent and saw, summed over periods.",
    (
        Variable("months", "relationship months", "relationships that stood, each month"),
        Variable("ordered", "unit", "units ordered"),
        Variable("delivered", "unit", "units delivered"),
        # money
        Variable("purchase", "money", "price of what was delivered"),
        Variable("extras", "money", "taken by sellers outside the agreed price"),
        Variable("later_service", "money", "later service that the price did not carry"),
        Variable("haggling", "money", "hours of haggling and of getting rivals' quotes"),
        Variable("contracting", "money", "hours on clauses"),
        Variable("blame", "money", "hours on blame, complaints and reviews"),
        Variable("inspection", "money", "hours of inspection"),
        Variable("failure", "money", "loss by problems, misfit, equipment without a maker"),
        Variable("delay", "money", "loss by late delivery"),
        Variable("relationship", "money", "hours of joint work and of personal contact"),
        Variable("switching", "money", "moving to new suppliers"),
        Variable("idea_savings", "money", "saved by suppliers' ideas"),
        # hours
        Variable("haggling_hours", "hour", "face to face, on price"),
        Variable("contract_hours", "hour", "face to face, on clauses"),
        Variable("blame_hours", "hour", "face to face, on who is to blame"),
        Variable("joint_hours", "hour", "face to face, on joint work"),
        Variable("personal_hours", "hour", "personal contact"),
        Variable("inspection_hours", "hour", "of inspectors"),
        Variable("desk_hours", "hour", "on complaints, reviews and rivals' quotes"),
        # problems and promises
        Variable("serious_problems", "count", "serious problems"),
        Variable("small_problems", "count", "small problems"),
        Variable("voiced_serious", "count", "serious problems voiced"),
        Variable("voiced_small", "count", "small problems voiced"),
        Variable("caught", "count", "serious problems caught by inspection"),
        Variable("unsettled", "count", "serious problems neither caught nor made good"),
        Variable("deliveries", "count", "deliveries"),
        Variable("inspected", "count", "deliveries inspected"),
        Variable("promises", "count", "promises that came due"),
        Variable("promises_kept", "count", "promises kept"),
        # what passed between them
        Variable("ideas_received", "count", "ideas from suppliers"),
        Variable("process_ideas", "count", "process ideas given to suppliers"),
        Variable("exploited_by_buyer", "count", "matters found to be used against sellers"),
        Variable("exploited_by_seller", "count", "extras found out"),
        Variable("negotiations", "count", "contracts agreed"),
        Variable("clauses", "count", "clauses in the contracts agreed"),
        Variable("suppliers_left", "count", "suppliers that the buyer left"),
        Variable("suppliers_withdrew", "count", "suppliers that left the buyer"),
        Variable("suppliers_failed", "count", "suppliers that failed"),
        # states, summed over relationship months
        Variable("buyer_trust", "sum", "buyer's trust in seller"),
        Variable("seller_trust", "sum", "seller's trust in buyer"),
        Variable("business_by_buyer", "sum", "business disclosure by the buyer, layers"),
        Variable("business_by_seller", "sum", "business disclosure by the seller, layers"),
        Variable("personal_by_buyer", "sum", "personal disclosure by the buyer, layers"),
        Variable("personal_by_seller", "sum", "personal disclosure by the seller, layers"),
        Variable("understanding", "sum", "understanding"),
        Variable("attention", "sum", "attention"),
        Variable("service", "sum", "service"),
        Variable("quality", "sum", "quality"),
        Variable("misfit", "sum", "misfit"),
        Variable("grievance", "sum", "grievance"),
        Variable("bonds", "sum", "bonds"),
        Variable("dependence", "sum", "dependence of the buyer"),
        Variable("seller_dependence", "sum", "dependence of the seller"),
        Variable("commitment", "sum", "commitment of the buyer"),
        Variable("collaborative", "sum", "relationships in the collaborative phase or beyond"),
        Variable("personal", "sum", "relationships in the collaborative and personal phase"),
    ),
)

SALESPERSON_LEDGER = Entity(
    "salesperson ledger",
    "What a seller (or all sellers together) earned, spent and saw, summed over periods.",
    (
        Variable("months", "seller months", "sellers, each month"),
        Variable("account_months", "relationship months", "accounts, each month"),
        Variable("revenue", "money", "all that buyers paid"),
        Variable("production", "money", "cost of making what was delivered"),
        Variable("service", "money", "service, remedies and rework"),
        Variable("time", "money", "hours of salespeople and engineers"),
        Variable("bonds", "money", "bonds volunteered"),
        Variable("overhead", "money", "fixed cost of the firm"),
        Variable("transaction_hours", "hour", "haggling, clauses and blame"),
        Variable("joint_hours", "hour", "joint work"),
        Variable("personal_hours", "hour", "personal contact"),
        Variable("care_hours", "hour", "audits, asking, customer time, attention"),
        Variable("accounts_lost", "count", "accounts that left"),
        Variable("promises", "count", "promises that came due"),
        Variable("promises_kept", "count", "promises kept"),
        Variable("process_ideas", "count", "process ideas from customers"),
        Variable("failures", "count", "firms that failed"),
        Variable("confidence", "sum", "self-confidence"),
        Variable("load", "sum", "units ordered over capacity"),
        Variable("cash", "sum", "means"),
    ),
)
