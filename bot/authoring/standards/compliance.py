"""How complete are the standards that an agency publishes here? The 14 components of each service, in two figures.

Source: UU 25/2009 article 21 and Permenpan RB 15/2014, which part what must be published from what is of management.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.errors import SettingsError
from bot.knowledge.assessment import Assessment
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.coverage import Statement, is_national
from bot.knowledge.model import COMPONENT_FIELDS, Agency, Cost, Duration, Entry, Service, Stated, Variant
from bot.knowledge.vocabulary import PUBLISHED, Component


class Given(StrEnum):
    """By whom a component of a service is given."""

    SERVICE = "layanan"
    AGENCY = "instansi"
    NATIONAL = "nasional"  # a rule for the whole country, which says nothing of this agency's own
    NOBODY = "belum"


@dataclass(frozen=True)
class ServiceStandard:
    """One service and who gives each of its 14 components."""

    service: Service
    given: Mapping[Component, Given]

    @property
    def missing(self) -> tuple[Component, ...]:
        """Components that nobody gives."""
        return tuple(component for component, by in self.given.items() if by is Given.NOBODY)

    def count(self, *givers: Given, among: Collection[Component] = tuple(Component)) -> int:
        """How many of some components are given by some."""
        return sum(self.given[component] in givers for component in among)


@dataclass(frozen=True)
class Share:
    """How many in a hundred of some components are given, over all services, rounded to two digits."""

    own: float  # by the services or their agency
    national: float  # by national rules alone


@dataclass(frozen=True)
class AgencyStandard:
    """One agency and its services; services that are withdrawn are named but not counted."""

    agency: Agency
    services: tuple[ServiceStandard, ...]
    withdrawn: tuple[Service, ...]

    @property
    def published(self) -> Share:
        """Of the components that must be published."""
        return self._share(PUBLISHED)

    @property
    def management(self) -> Share:
        """Of all other components."""
        return self._share([one for one in Component if one not in PUBLISHED])

    @property
    def confirmed(self) -> int:
        """How many services the agency has confirmed as they are told."""
        return sum(not one.service.is_draft for one in self.services)

    def _share(self, among: Collection[Component]) -> Share:
        def percent(*givers: Given) -> float:
            given = sum(one.count(*givers, among=among) for one in self.services)
            return round(100 * given / (len(among) * max(1, len(self.services))), 2)

        return Share(percent(Given.SERVICE, Given.AGENCY), percent(Given.NATIONAL))


@dataclass(frozen=True)
class Compliance:
    """The whole picture on one day."""

    on: date
    assessment: Assessment
    agencies: tuple[AgencyStandard, ...]
    overdue: tuple[Entry, ...]  # answers past their review date, the oldest first


def assess(knowledge: KnowledgeBase, today: date) -> Compliance:
    """How complete every agency's standards are; SettingsError: the knowledge has no kepatuhan.yaml."""
    if knowledge.assessment is None:
        raise SettingsError("this knowledge has no kepatuhan.yaml, which names the components")
    agencies = tuple(_agency(agency, knowledge, today) for agency in knowledge.agencies.values())
    overdue = [entry for entry in knowledge.subjects.values() if entry.review_by and entry.review_by < today]
    overdue.sort(key=lambda entry: (entry.review_by or today, entry.id))
    return Compliance(today, knowledge.assessment, agencies, tuple(overdue))


def _agency(agency: Agency, knowledge: KnowledgeBase, today: date) -> AgencyStandard:
    services = list(knowledge.of_agency(agency.id))
    counted = [one for one in services if not one.is_withdrawn(today)]
    standards = (ServiceStandard(one, {part: _given(part, one, agency) for part in Component}) for one in counted)
    return AgencyStandard(agency, tuple(standards), tuple(one for one in services if one not in counted))


def _given(component: Component, service: Service, agency: Agency) -> Given:
    own = _said(component, service)
    said = [own] if own else [_said(component, service, one) for one in service.variants]
    statements = [one for one in said if one]
    if statements and len(statements) == len(said):
        return Given.NATIONAL if all(is_national(service, one) for one in statements) else Given.SERVICE
    if getattr(agency, COMPONENT_FIELDS[component], ()):
        return Given.NATIONAL if is_national(agency, Statement(component)) else Given.AGENCY
    return Given.NOBODY


def _said(component: Component, service: Service, case: Variant | None = None) -> Statement | None:
    """What a service, or a case of it, says of a component; None when that tells nothing."""
    value = getattr(case or service, COMPONENT_FIELDS[component], None)
    if not value or not _tells(value):
        return None
    return Statement(component, value if isinstance(value, Stated) else None, case)


def _tells(value: object) -> bool:
    """Whether a time has a figure or a limit, and a cost an amount or a law that makes it free."""
    match value:
        case Duration():
            return value.is_standard and bool(value.at_most or re.search(r"\d", value.text))
        case Cost():
            is_free = value.rupiah == 0 and bool(value.basis)
            return bool(value.rupiah or value.fees or is_free or re.search(r"Rp ?\d", value.text))
    return True
