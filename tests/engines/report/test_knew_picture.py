"""The picture of who knew what: shape and letter for the level, fill for the basis, bars for partial dates."""

from fullfile.engines.report.knew_picture import draw
from tests.support.worlds import knew_of, world_of

HEAD = "agency,tag,person,level,known_from,source,denied\n"


def lanes(*rows):
    text = HEAD + "".join(f"Sheriff,E-1,{row}\n" for row in rows)
    picture = draw(knew_of(world_of("2024-12-31", {"knowledge": text}), "Sheriff", "E-1"))
    return picture, {lane.person.name: lane for lane in picture.lanes}


def test_nothing_known_draws_nothing():
    items = "agency,tag,description,booked_at\nSheriff,E-1,a lamp,2024-01-02"
    assert draw(knew_of(world_of("2024-12-31", {"items": items}), "Sheriff", "E-1")) is None


def test_one_moment_stands_in_the_middle():
    _, found = lanes("Ada Roe,exists,2024-03-06,note,")
    assert '<svg x="50.0%"' in found["Ada Roe"].inside
    assert "<circle" in found["Ada Roe"].inside
    assert ">E</text>" in found["Ada Roe"].inside
    assert found["Ada Roe"].says == "E stated Mar 6, 2024"


def test_a_month_is_a_bar_and_before_a_tail():
    _, found = lanes("Ada Roe,exists,2024-03,note,", "Ben Poe,object,before 2024-07-01,note,")
    assert 'class="span"' in found["Ada Roe"].inside
    assert 'class="tail"' in found["Ben Poe"].inside


def test_a_denial_is_hollow_and_struck_through():
    _, found = lanes("Ada Roe,object,2024-03-06,Ada Roe,yes", "Ada Roe,object,2024-03-09,note,")
    assert found["Ada Roe"].inside.count('class="mark denied"') == 1
    assert found["Ada Roe"].inside.count('class="strike"') == 1
    assert found["Ada Roe"].inside.count('class="mark stated"') == 1


def test_marks_of_one_day_stand_below_each_other():
    _, one = lanes("Ada Roe,exists,2024-03-06,note,")
    _, two = lanes("Ada Roe,exists,2024-03-06,note,", "Ada Roe,object,2024-03-06,note,")
    assert two["Ada Roe"].height > one["Ada Roe"].height


def test_long_times_are_drawn_shorter_and_said_so():
    days = ("2015-01-01", "2024-03-06", "2024-03-07")
    picture, _ = lanes(*(f"P{n},exists,{day},note," for n, day in enumerate(days)))
    assert picture.shortened
    assert [tick.words for tick in picture.ticks] == ["Jan 1, 2015", "Mar 7, 2024"]


def test_no_word_of_the_record_goes_into_the_drawing():
    _, found = lanes("<b>Ada</b>,exists,2024-03-06,<i>note</i>,")
    [lane] = found.values()
    assert "<b>" not in lane.inside
    assert "<i>" not in lane.inside
