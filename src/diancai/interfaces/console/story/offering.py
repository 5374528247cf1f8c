"""The supply lists of the 21 departments: 58 offers, each with its four musts."""

from datetime import datetime

from diancai.interfaces.console.story.stage import Stage, period_of, rows_of
from diancai.stages.supply.actions import draft_edition, print_slip, publish_edition, sign_edition, write_offer

SWITCHBOARD = "0478-0000000"  # no such number: nobody is called by mistake


def offer_all(stage: Stage, at: datetime) -> int:
    """Write and publish every department's list; returns how many offers there are."""
    told = rows_of("offers.csv")
    for number, row in enumerate(told, 1):
        department = stage.departments[row["department"]]
        contact = stage.contact_of(department)
        offer = write_offer(
            by=contact,
            at=at,
            programme_id=stage.programme.id,
            department_id=department.id,
            number=f"S{number:02d}",
            leader=row["leader"],
            service=row["service"],
            service_form=row["service_form"],
            contact=row["contact"],
            contact_phone=SWITCHBOARD,
            strand=_strand(row["strand"]),
            topics=(row["topics"],),
            capacity=int(row["capacity"]) if row["capacity"] else None,
            capacity_unit=row["capacity_unit"],
            capacity_period=row["capacity_period"],
            valid_from=stage.day(row["valid_from"]),
            valid_until=stage.day(row["valid_until"]),
            language=row["language"],
            assured_on=at.date(),
            assured_by=row["contact"],
        )
        stage.offers[offer.service] = offer.id
    for name in dict.fromkeys(row["department"] for row in told):
        _publish(stage, name, at)
    return len(told)


def _strand(told: str) -> str:
    from diancai.words import Strand

    strand = Strand.from_zh(told)
    return strand.value if strand else ""


def _publish(stage: Stage, name: str, at: datetime) -> None:
    """The prefecture's office publishes for departments whose leader has no account in the demo."""
    office, department = stage.person("zhaohong"), stage.departments[name]
    edition = draft_edition(
        by=office, at=at, programme_id=stage.programme.id, department_id=department.id, period=period_of(at)
    )
    print_slip(by=office, at=at, edition_id=edition)
    sign_edition(by=office, at=at, edition_id=edition, signing=stage.signing("单位主要负责人", at))
    publish_edition(by=office, at=at, edition_id=edition)
