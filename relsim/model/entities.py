"""Entities and their state variables (ODD 2).

One salesperson stands for one supplier firm. A *relationship* is a slot: each buyer has
``suppliers_per_buyer`` of them in a row, some of which may be empty (``seller == NOBODY``).
"""

from __future__ import annotations

from relsim.model.records import Entity, Variable, flag, index, item, item_here, share
from relsim.parameters.stances import BUYER_ITEMS, SELLER_ITEMS

QUOTES, MONTHS = (0, 10**6), (-(10**6), 10**6)
"""What custom code can set whole numbers to."""

CLOCK = Entity(
    "clock",
    "Where the run stands.",
    (
        index("period", "current period; negative while warming up", "month"),
        index("spells", "relationships that have ended so far", "count"),
        index("slots_per_buyer", "relationships a buyer can have at a time", "count"),
        index("orders_per_slot", "orders that can be under way at once", "count"),
        index("equipment_per_buyer", "pieces of equipment it can have", "count"),
    ),
)

BUYER = Entity(
    "buyer",
    "A firm that buys, with the person who buys for it.",
    (
        index("first_slot", "its first relationship"),
        index("end_slot", "one past its last relationship"),
        index("review_offset", "month of its review within the audit interval", "month"),
        index("purchase_offset", "month of its purchase within the purchase interval", "month"),
        index("candidate", "seller that it considers for one of its slots"),
        index("candidate_slot", "slot that the candidate would take"),
        index("next_applicant", "next buyer that applies to the same salesperson"),
        Variable("candidate_bid", "money/unit", "what the candidate has bid; 0 if it has not"),
        flag("accepted", "1 if the candidate takes the buyer on"),
        Variable("aggressiveness", "0 to 1", "0 trusting, 1 aggressive; nan: other", optional=True),
        *(item(one) for one in BUYER_ITEMS),
        Variable("volume", "unit/month", "what it needs of the component"),
        share("candour", "readiness to say what is wrong"),
        flag("monitors", "1 if it reviews its suppliers' records regularly"),
        Variable(
            "integrity", "ratio", "how much of a relationship's value holds it back from exploiting"
        ),
        Variable("personal_boundary", "gain", "firmness of personal boundaries"),
        Variable("need_shift", "shock", "change of needs in this period"),
        Variable("need", "unit", "units to be ordered in this period"),
        Variable("bargaining", "ratio", "price it usually obtains over the first quote"),
        Variable("alternative_cost", "money/unit", "what it believes a unit would cost elsewhere"),
        Variable("usual_loss", "money/unit", "loss after purchase that it is used to"),
        Variable("usual_hours", "hour/month", "unproductive hours a supplier that it is used to"),
        index("quotes", "rivals' quotes got in this period", "count", QUOTES),
        Variable("backlog", "unit", "units on order when a supplier was lost, to be ordered again"),
        Variable("orphan_cost", "money", "repair and loss of equipment without a maker's service"),
    ),
)

SALESPERSON = Entity(
    "salesperson",
    "A supplier firm, with the person who sells for it.",
    (
        index("firm", "number of the firm at this index"),
        index("first_account", "its first entry in the list of accounts"),
        index("end_account", "one past its last entry there"),
        index("first_applicant", "first of the buyers that apply to it"),
        index("accounts", "number of its relationships", "count"),
        index("audit_offset", "month of its audit within the audit interval", "month"),
        index("stance", "position in stances.SELLER_STANCES", "code"),
        Variable("unit_cost", "money/unit", "cost of making the component"),
        Variable("markup", "share of cost", "what it adds to its cost"),
        Variable("usual_quality", "quality", "mean quality it expects to deliver now"),
        Variable("capability", "quality", "quality of what it makes, against the market's mean"),
        Variable("capacity", "unit/month", "what it can make without delay"),
        *(item(one) for one in SELLER_ITEMS),
        flag("prices_service", "1 if the price carries the cost of later service"),
        flag("audits", "1 if it audits its relationships regularly"),
        flag("makes_effort", "1 if it makes the deliberate effort to keep up attention"),
        flag("contacts_silent", "1 if it contacts customers who have long been silent"),
        flag("key_account_manager", "1 if one person answers for the whole account"),
        flag("customer_time", "1 if engineers and production people spend time with customers"),
        share("listening", "what it has learned from its people's time with customers"),
        Variable("personal_boundary", "gain", "firmness of the salesperson's boundaries"),
        share("confidence", "the salesperson's self-confidence"),
        Variable("bid", "money/unit", "what it bids for a new customer against other bids"),
        Variable("bid_floor", "money/unit", "lowest price it would agree to with a new customer"),
        Variable("list_quote", "money/unit", "what it quotes to a customer it does not know"),
        Variable("list_promise", "quality", "what it promises to a customer it does not know"),
        Variable("load", "ratio", "units ordered over capacity"),
        Variable("cash", "money", "what it has; it fails below the credit limit"),
        Variable("profit", "money", "revenue minus cost in this period"),
        flag("entered", "1 in the period after it replaced a firm that failed"),
    ),
)

RELATIONSHIP = Entity(
    "relationship",
    "One slot among a buyer's suppliers, and all that is between the two.",
    (
        index("seller", "the salesperson; NOBODY if the slot is empty"),
        index("firm", "number of the seller's firm"),
        index("start", "first period", "month"),
        index("contract_end", "period in which the contract runs out", "month", MONTHS),
        index("collaborative_since", "period of the first collaborative phase", "month"),
        index("personal_since", "period of the first personal phase", "month"),
        Variable("affinity", "gain", "how gladly the two persons would spend free time together"),
        # what they believe and know
        share("buyer_trust_in_seller", "probability that the seller will not exploit the buyer"),
        share("seller_trust_in_buyer", "probability that the buyer will not exploit the seller"),
        Variable(
            "business_disclosure_by_buyer",
            "layers, 0 to 3",
            "business that the buyer has disclosed",
        ),
        Variable(
            "business_disclosure_by_seller",
            "layers, 0 to 3",
            "business that the seller has disclosed",
        ),
        Variable("personal_disclosure_by_buyer", "layers, 0 to 3", "of the buyer as a person"),
        Variable("personal_disclosure_by_seller", "layers, 0 to 3", "of the seller as a person"),
        Variable("newly_disclosed_by_buyer", "layers", "what the buyer disclosed in this period"),
        Variable("newly_disclosed_by_seller", "layers", "what the seller disclosed in this period"),
        share("understanding", "what both know of each other from disclosure"),
        share("familiarity", "how well the two persons know each other from time together"),
        share("skill", "what the seller has learned of working for this customer"),
        # the seller's care
        Variable("attention", "ratio", "hours it gives the account over the standard hours"),
        Variable("engineer_hours", "hour/month", "of the seller's engineers, for joint work"),
        flag("neglect_found", "1 if an audit found the account neglected"),
        flag("asked", "1 if the seller asked a silent customer what is wrong"),
        share("faults", "habits of the seller's departments that harm this customer"),
        Variable("service", "ratio", "service and care that the money left for it pays for"),
        # the bargain
        *(item_here(one) for one in BUYER_ITEMS),
        Variable("quote", "money/unit", "what the seller asks"),
        Variable("fair_quote", "money/unit", "the quote without padding"),
        Variable("floor", "money/unit", "lowest price the seller would agree to"),
        Variable("cash_floor", "money/unit", "cost of making a unit, hours apart"),
        flag("negotiated", "1 if a contract was agreed in this period"),
        Variable("marginal_cost", "money/unit", "what one more unit costs as the buyer sees it"),
        Variable("price", "money/unit", "agreed price"),
        Variable("clauses", "count", "safeguards in the contract"),
        share("price_pressure", "how far below the fair quote the price was pressed"),
        share("padding", "share of the quote that haggling took off"),
        Variable("leverage", "share of price", "what the buyer can press with what it knows"),
        Variable("disclosure_used", "layers", "how much of what was disclosed the buyer has used"),
        Variable("expected_quality", "quality", "quality that the seller expects to deliver"),
        Variable("offered_quality", "quality", "quality that the seller would promise now"),
        Variable("promised", "quality", "quality promised when the contract was made"),
        Variable("accustomed_quality", "quality", "quality that the buyer is used to"),
        share("argued", "how well the seller argued long-run profitability"),
        # trade
        Variable("units", "unit", "units ordered in this period"),
        Variable("delivered", "unit", "units delivered in this period"),
        Variable("payment", "money", "paid for what was delivered, at the price it was ordered"),
        Variable("installed", "unit", "this seller's equipment in use, weighted by its trouble"),
        Variable("in_use", "unit", "this seller's equipment in use"),
        Variable("normal_units", "unit/month", "equal share of the buyer's need"),
        Variable("audited_units", "unit/month", "usual units at the last audit"),
        Variable("usual_units", "unit/month", "moving average of units ordered"),
        Variable(
            "department_quality_loss", "quality", "quality lost to the departments' own objectives"
        ),
        Variable("quality", "quality", "quality of the delivery against the market's mean"),
        Variable(
            "promise_outcome", "-1, 0 or 1", "promise broken, nothing delivered, promise kept"
        ),
        share("promises_kept", "moving average of promises kept"),
        Variable("misfit", "shock", "how far the supply is from what the buyer needs by now"),
        Variable("units_at_risk", "unit", "units that can have problems in this period"),
        Variable("proneness", "ratio", "how much more often problems come than at mean quality"),
        Variable("serious_problems", "count", "serious problems in this period"),
        Variable("small_problems", "count", "small problems in this period"),
        Variable("caught", "count", "serious problems that inspection caught before harm"),
        flag("inspected", "1 if the buyer inspected this delivery"),
        Variable("voiced_serious", "count", "serious problems voiced to the supplier"),
        Variable("voiced_small", "count", "small problems voiced to the supplier"),
        Variable("remedied", "count", "voiced problems that were made good"),
        Variable("unsettled", "count", "serious problems neither caught nor made good"),
        Variable("silent_months", "month", "periods since the buyer last said something was wrong"),
        Variable("grievance", "problems", "problems swallowed and not forgotten"),
        # vulnerability
        flag(
            "exploited_by_buyer", "1 if the seller found that the buyer used what it had disclosed"
        ),
        flag("exploited_by_seller", "1 if the buyer found that it paid extras"),
        Variable("extras", "money", "taken by the seller outside the agreed price"),
        share("seller_dependence", "share of the account in the seller's orders"),
        share("buyer_dependence", "how hard it would be for the buyer to leave"),
        Variable("bonds", "count", "what the seller volunteered that raises what leaving costs"),
        # value
        Variable("idea_value", "money/unit", "what the supplier's ideas are worth to the buyer"),
        Variable("unshared_ideas", "money/unit", "value of ideas the buyer has not shopped around"),
        Variable("process_idea_value", "money/unit", "what the buyer's ideas save the seller"),
        Variable("ideas_received", "count", "design and production ideas offered in this period"),
        Variable("process_ideas_received", "count", "process ideas offered in this period"),
        Variable("believed_loss", "money/unit", "loss after purchase that the buyer believes"),
        Variable("recorded_loss", "money/unit", "loss after purchase in the buyer's records"),
        # hours and money of this period
        Variable("haggling_hours", "hour", "face to face, on price"),
        Variable("contract_hours", "hour", "face to face, on clauses"),
        Variable("blame_hours", "hour", "face to face, on who is to blame"),
        Variable("joint_hours", "hour", "face to face, on joint work"),
        Variable("personal_hours", "hour", "personal contact"),
        Variable("inspection_hours", "hour", "of the buyer's inspectors"),
        Variable("complaint_hours", "hour", "of the buyer, on reviews and on voicing problems"),
        Variable("care_hours", "hour", "of the seller: audits, asking, customer time, attention"),
        Variable("failure_cost", "money", "the buyer's loss by problems and misfit"),
        Variable("delay_cost", "money", "the buyer's loss by late delivery"),
        Variable("service_charge", "money", "later service that the price did not carry"),
        Variable("service_money", "money", "what the seller spent on service, remedies, rework"),
        Variable("seller_profit", "money", "what the seller earned on the account, bonds apart"),
        Variable("usual_profit", "money/month", "moving average of the seller's profit"),
        Variable("usual_seller_hours", "hour/month", "moving average of the seller's hours"),
        Variable("usual_transaction_hours", "hour/month", "moving average of unproductive hours"),
        Variable("buyer_balance", "money/month", "what it gives the buyer beyond its alternatives"),
        Variable("seller_balance", "money/month", "what it gives the seller beyond comparison"),
        # engagement
        Variable("buyer_wish", "0 to 3", "engagement the buyer wants: 1 business, 2 personal"),
        flag("business_engagement", "1 if both agreed to work together on business"),
        flag("personal_engagement", "1 if both agreed to have personal contact"),
        index("phase", "1 commercial, 2 collaborative, 3 and personal; 0 if empty", "code"),
        share("buyer_commitment", "how far the buyer counts on the relationship lasting"),
        share("seller_commitment", "how far the seller counts on the relationship lasting"),
        flag("seller_leaves", "1 if the seller leaves at the end of the period"),
    ),
    whole_lines=True,
)

ORDER = Entity(
    "order",
    "An order of capital goods placed and not yet delivered.",
    (
        index("due", "period of delivery; NEVER if there is none", "month"),
        Variable("units", "unit", "what was ordered"),
        Variable("price", "money/unit", "price agreed when it was placed"),
    ),
)

EQUIPMENT = Entity(
    "equipment",
    "Capital goods installed at a buyer's.",
    (
        index("installed", "period of installation; NEVER if there is none", "month"),
        index("maker", "the salesperson whose firm made it"),
        index("firm", "number of the firm that made it"),
        Variable("units", "unit", "units installed"),
        share("help", "help with installation and application it came with"),
        flag("service_paid", "1 if the price carried its service"),
    ),
)

SPELL = Entity(
    "spell",
    "A relationship that has ended.",
    (
        index("buyer", "the buyer"),
        index("seller", "the salesperson"),
        index("firm", "number of the seller's firm"),
        index("start", "first period", "month"),
        index("end", "last period", "month"),
        index("reason", "position in REASONS", "code"),
        index("collaborative_since", "first collaborative period", "month"),
        index("personal_since", "first personal period", "month"),
        index("phase", "phase at the end", "code"),
    ),
)

BUYER_TRAITS = (
    "aggressiveness",
    *(item.name for item in BUYER_ITEMS),
    "volume",
    "candour",
    "monitors",
    "integrity",
    "personal_boundary",
)
"""What a buyer is from the first period on, as tables of a run have it."""

SALESPERSON_TRAITS = (
    "firm",
    "unit_cost",
    "markup",
    "capability",
    "capacity",
    "overpromising",
    "opportunism",
    "partnership",
    "prices_service",
    "audits",
    "contacts_silent",
    "makes_effort",
    "key_account_manager",
    "customer_time",
    "personal_boundary",
    "cash",
)
"""What a salesperson and its firm are; cash is what is left at the end."""
