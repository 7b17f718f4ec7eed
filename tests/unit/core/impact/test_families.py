"""Failures that were found in life, as small stories: families E, G, M and N."""

import pytest

from fullfile.core.entries import Entry
from fullfile.core.errors import Refused
from fullfile.core.impact import impact_of_case, impact_of_item
from fullfile.core.impact.reasons import check_reasons, count_of, read_outcomes, reason_words
from tests.support.worlds import knew_of, world_of

CASES = """
case_number,jurisdiction,court_level,opened_on,report_numbers,related_cases
D-1,us-nm,district,2024-01-19,Sheriff:24-100,D-2|co_defendant
D-2,us-nm,district,2024-01-19,Sheriff:24-100,
"""
PARTIES = """
case_number,name,role,counsel
D-1,Ada Roe,defendant,D. One
D-1,P. Quill,prosecutor,
D-1,S. Second,prosecutor,
D-2,Ben Poe,defendant,D. Two
D-2,P. Quill,prosecutor,
"""
ITEM = """
agency,tag,description,kind,report_number,booked_at,booked_by
Sheriff,E-1,a recording of the street,recording,24-100,2024-02-10,B. Oak
"""
BASE = {"cases": CASES, "parties": PARTIES, "items": ITEM}


def impact(on, **tables):
    return impact_of_item(world_of(on, BASE | tables), ("sheriff", "e-1"))


def texts(answer):
    return [task.text for task in answer.tasks]


def told(answer, about):
    return {(one.to, one.case_number): one.told for one in answer.notices if one.about == about}


class TestOnePersonDecides:
    """E: a single reader decides that it does not matter, and the decision hides it."""

    VIEW = """
    case_number,agency,tag,finding,by,made_at,reason,verified_by,verified_at
    D-1,Sheriff,E-1,no_evidentiary_value,P. Quill,2024-03-01,dark,{second},{day}
    """.replace("    ", "")

    def view(self, second="", day=""):
        return self.VIEW.format(second=second, day=day)

    def test_the_view_hides_nothing_and_asks_for_a_second_reader(self):
        answer = impact("2024-06-01", determinations=self.view())
        assert "Tell counsel of Ada Roe of Sheriff E-1." in texts(answer)
        task = next(one for one in answer.tasks if one.text.startswith("Have a second person"))
        assert task.text == (
            "Have a second person read P. Quill's view of Sheriff E-1: “no evidentiary value”."
        )
        assert (task.who, task.due) == ("S. Second", "2024-03-15")

    @pytest.mark.parametrize(
        ("second", "day", "asks"),
        [
            ("S. Second", "2024-03-05", False),
            ("p. quill", "2024-03-05", True),
            ("S. Second", "2024-07-01", True),
        ],
        ids=["another person", "the same person", "not yet"],
    )
    def test_only_another_person_is_a_second_reader(self, second, day, asks):
        answer = impact("2024-06-01", determinations=self.view(second, day))
        assert any("second person" in text for text in texts(answer)) is asks

    def test_knew_shows_who_decided(self):
        world = world_of("2024-06-01", BASE | {"determinations": self.view()})
        quill = next(
            one for one in knew_of(world, "Sheriff", "E-1").persons if one.name == "P. Quill"
        )
        assert quill.accounts[0].rule == (
            "judged it “no evidentiary value” in D-1 on March 1, 2024"
        )


class TestLateBadNews:
    """G: a find or a loss is known, and not told."""

    LOST = (
        "agency,tag,event,occurred_at,by,reason\nSheriff,E-1,destroyed,2024-04-02,B. Oak,retention"
    )

    def test_a_find_that_the_prosecutor_does_not_know_of(self):
        answer = impact("2024-06-01")
        assert told(answer, "find") == {
            ("P. Quill", "D-1"): None,
            ("S. Second", "D-1"): None,
            ("counsel of Ada Roe (D. One)", "D-1"): None,
            ("P. Quill", "D-2"): None,
            ("counsel of Ben Poe (D. Two)", "D-2"): None,
        }
        task = next(one for one in answer.tasks if one.text == "Tell P. Quill of Sheriff E-1.")
        assert (task.who, task.due, task.basis) == ("Sheriff", "2024-02-24", "policy")

    def test_a_row_shows_that_somebody_was_told(self):
        filed = "case_number,agency,tag,filed_at,filed_by\nD-1,Sheriff,E-1,2024-02-20,P. Quill"
        served = "case_number,defendant,agency,tag,disclosed_at\nD-1,Ada Roe,Sheriff,E-1,2024-02-22"
        found = told(impact("2024-06-01", filings=filed, disclosures=served), "find")
        assert found["P. Quill", "D-1"] == "2024-02-20"
        assert found["counsel of Ada Roe (D. One)", "D-1"] == "2024-02-22"
        assert found["S. Second", "D-1"] == "2024-02-20", "the file is the prosecution's own"
        assert found["P. Quill", "D-2"] == "2024-02-20", "the same person"
        assert found["counsel of Ben Poe (D. Two)", "D-2"] is None

    def test_what_was_done_in_order_leaves_nothing_to_do(self):
        filed = "case_number,agency,tag,filed_at\nD-1,Sheriff,E-1,2024-02-20\nD-2,Sheriff,E-1,2024-02-20"
        served = (
            "case_number,defendant,agency,tag,disclosed_at\n"
            "D-1,Ada Roe,Sheriff,E-1,2024-02-22\nD-2,Ben Poe,Sheriff,E-1,2024-02-22"
        )
        answer = impact("2024-06-01", filings=filed, disclosures=served)
        assert answer.tasks == ()
        assert None not in told(answer, "find").values()

    def test_a_loss_must_be_told_to_all_and_nothing_earlier_counts(self):
        served = "case_number,defendant,agency,tag,disclosed_at\nD-1,Ada Roe,Sheriff,E-1,2024-02-22"
        answer = impact("2024-06-01", custody=self.LOST, disclosures=served)
        assert set(told(answer, "loss").values()) == {None}
        notice = next(one for one in answer.notices if one.about == "loss")
        assert notice.known_since == "2024-04-02"
        assert "it was destroyed on April 2, 2024, while a hold stood" in notice.words
        assert "Tell counsel of Ada Roe (D. One) of the loss of Sheriff E-1." in texts(answer)

    def test_a_loss_that_was_told_months_later_shows_the_day(self):
        rows = (
            "agency,tag,person,level,known_from,how,source\n"
            "Sheriff,E-1,P. Quill,exists,2024-03-01,told of the recording,letter\n"
            "Sheriff,E-1,P. Quill,exists,2024-08-15,told that it was deleted,letter of August\n"
        )
        before = told(impact("2024-08-01", custody=self.LOST, knowledge=rows), "loss")
        after = told(impact("2024-09-01", custody=self.LOST, knowledge=rows), "loss")
        assert before["P. Quill", "D-1"] is None
        assert after["P. Quill", "D-1"] == "2024-08-15"

    def test_whoever_destroyed_it_or_heard_of_it_knows_of_the_loss(self):
        by = self.LOST.replace("B. Oak", "P. Quill")
        rows = (
            "agency,tag,person,level,known_from,how,source,denied\n"
            "Sheriff,E-1,S. Second,exists,2024-04-03,told of the loss,note,yes\n"
            "Sheriff,E-1,D. One,exists,2024-04-09,read that it was destroyed,letter,\n"
        )
        found = told(impact("2024-06-01", custody=by, knowledge=rows), "loss")
        assert found["P. Quill", "D-1"] == "2024-04-02"
        assert found["S. Second", "D-1"] is None
        assert found["counsel of Ada Roe (D. One)", "D-1"] == "2024-04-09"
        assert found["counsel of Ben Poe (D. Two)", "D-2"] is None

    def test_not_found_on_the_shelf_is_a_loss_until_it_is_found(self):
        gone = "agency,tag,event,occurred_at,by\nSheriff,E-1,not_found,2024-04-02,B. Oak"
        back = f"{gone}\nSheriff,E-1,found,2024-05-02,B. Oak"
        assert told(impact("2024-06-01", custody=gone), "loss")
        assert not told(impact("2024-06-01", custody=back), "loss")

    @pytest.mark.parametrize(
        ("answer", "on", "again"),
        [
            ("nothing_held", "2024-03-01", True),
            ("all_handed_over", "2024-02-01", True),
            ("all_handed_over", "2024-03-01", False),
            ("more_to_come", "2024-02-01", False),
        ],
    )
    def test_a_find_reopens_the_answer_of_its_agency(self, answer, on, again):
        rows = f"case_number,agency,answer,by,answered_at\nD-1,Sheriff,{answer},L. Clerk,{on}"
        found = impact("2024-06-01", answers=rows)
        assert ("Ask Sheriff again for its answer in D-1." in texts(found)) is again


class TestOneReasonHidesTheRest:
    """M: one reason for each case, and only stopped cases counted."""

    def outcome(self, index, case, outcome, *reasons, on="2024-07-12", by="A. Counter"):
        data = {
            "case_number": case,
            "defendant": "Ada Roe",
            "outcome": outcome,
            "occurred_on": on,
            "reasons": list(reasons),
        }
        return Entry(index, 0, "outcome.explained", by, data)

    def counts(self, entries, on="2024-12-31"):
        world = world_of(on, BASE)
        return {
            one.reason: (one.outcomes, one.stopped, one.went_ahead)
            for one in count_of(read_outcomes(entries, world.on(), world.facts.zone))
        }

    def test_an_outcome_with_three_reasons_counts_in_three_lines(self):
        entries = [
            self.outcome(
                1,
                "D-1",
                "dismissed_with_prejudice",
                "booked_elsewhere",
                "booked_not_filed",
                "told_late",
            ),
            self.outcome(2, "D-2", "went_ahead", "told_late"),
        ]
        assert self.counts(entries) == {
            "booked_elsewhere": (1, 1, 0),
            "booked_not_filed": (1, 1, 0),
            "told_late": (2, 1, 1),
        }

    def test_two_people_who_give_the_same_reason_make_it_one(self):
        entries = [
            self.outcome(1, "D-1", "dismissed_with_prejudice", "told_late"),
            self.outcome(
                2, "d-1", "dismissed_with_prejudice", "told_late", "never_asked", by="B. Counter"
            ),
        ]
        assert self.counts(entries) == {"never_asked": (1, 1, 0), "told_late": (1, 1, 0)}

    def test_what_came_later_is_not_counted_on_a_day_before(self):
        entries = [
            self.outcome(1, "D-1", "went_ahead", "told_late", on="2024-07"),
            Entry(2, 0, "setting.changed", "A. Counter", {"name": "target_days", "value": "7"}),
        ]
        assert self.counts(entries, "2024-07-15") == {}
        assert self.counts(entries, "2024-07-31") == {"told_late": (1, 0, 1)}

    def test_reasons_are_of_the_list_or_in_words(self):
        said = ("Told late", "told_late", " other: the disk was full ")
        assert check_reasons(said) == ("told_late", "other:the disk was full")
        assert reason_words("other:the disk was full") == "the disk was full"
        assert reason_words("told_late") == "known, and told late"

    @pytest.mark.parametrize("said", [(), ("",), ("bad luck",), ("other:",)])
    def test_anything_else_is_refused(self, said):
        with pytest.raises(Refused):
            check_reasons(said)


class TestLinkedCaseLeftBehind:
    """N: a ruling in one case is not carried to the co-defendant's."""

    RULED = """
    case_number,event,occurred_on,defendant,detail
    D-2,convicted,2024-03-06,Ben Poe,
    D-2,judgment,2024-04-15,Ben Poe,
    D-1,dismissed_with_prejudice,2024-07-12,Ada Roe,late disclosure
    """.replace("    ", "")
    CARRY = "Tell counsel of Ben Poe of what was ruled in D-1 on July 12, 2024."

    def of_case(self, on, docket):
        world = world_of(on, BASE | {"docket": docket})
        return impact_of_case(world, world.cases.by_key["d-1"])

    def test_the_ruling_is_a_task_in_the_other_case(self):
        answer = self.of_case("2024-07-20", self.RULED)
        task = next(one for one in answer.tasks if one.text == self.CARRY)
        assert (task.case_number, task.who, task.due, task.overdue) == (
            "D-2",
            "P. Quill",
            "2024-07-26",
            False,
        )
        assert "Nothing on the docket of D-2 shows that it has come up there." in task.why
        assert self.CARRY in texts(impact("2024-07-20", docket=self.RULED))

    def test_it_is_none_before_the_ruling(self):
        assert self.CARRY not in texts(self.of_case("2024-07-11", self.RULED))

    def test_a_motion_there_shows_that_it_came_up(self):
        moved = f"{self.RULED.strip()}\nD-2,new_trial_motion,2024-07-17,Ben Poe,\n"
        assert self.CARRY not in texts(self.of_case("2024-07-20", moved))

    def test_the_conviction_is_to_be_reviewed_with_the_window_in_sight(self):
        answer = self.of_case("2024-07-20", self.RULED)
        review = next(
            one for one in answer.tasks if one.text == "Review the conviction of Ben Poe in D-2."
        )
        assert "runs to April 15, 2026 (Rule 5-614(C) NMRA, read)" in review.why

    def test_a_denial_there_clears_nothing_here(self):
        denied = f"{self.RULED.strip()}\nD-2,new_trial_denied,2024-09-30,Ben Poe,available to him\n"
        answer = self.of_case("2024-10-01", denied)
        ruling = next(one for one in answer.rulings if one.event == "new_trial_denied")
        assert (ruling.detail, ruling.says_nothing_for) == ("available to him", ("D-1",))
        assert "clears nothing in D-1" in ruling.words
        dismissed = next(one for one in answer.rulings if one.case_number == "D-1")
        assert "It ends nothing in D-2" in dismissed.words
