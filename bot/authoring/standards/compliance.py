"""How complete are the standards that an agency publishes here? The 14 components of each service, and a score.

Source: UU 25/2009 article 21 and Permenpan RB 15/2014 for the components; the bands stand in kepatuhan.yaml.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.errors import SettingsError
from bot.knowledge.assessment import Assessment, Band
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import COMPONENT_FIELDS, Agency, Entry, Service
from bot.knowledge.vocabulary import Component


class Given(StrEnum):
    """By whom a component of a service is given."""

    SERVICE = "layanan"
    AGENCY = "instansi"
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

    @property
    def count(self) -> int:
        """How many components are given."""
        return len(self.given) - len(self.missing)


@dataclass(frozen=True)
class AgencyStandard:
    """One agency, its services and its score; services that are withdrawn are named but not counted."""

    agency: Agency
    services: tuple[ServiceStandard, ...]
    withdrawn: tuple[Service, ...]
    score: float | None  # 0..100, rounded to two digits as the assessment prints it; None without services
    band: Band | None


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
        raise SettingsError("this knowledge has no kepatuhan.yaml, which names the components and the bands")
    assessment = knowledge.assessment
    agencies = tuple(_agency(agency, knowledge, assessment, today) for agency in knowledge.agencies.values())
    overdue = [entry for entry in knowledge.subjects.values() if entry.review_by and entry.review_by < today]
    overdue.sort(key=lambda entry: (entry.review_by or today, entry.id))
    return Compliance(today, assessment, agencies, tuple(overdue))


def _agency(agency: Agency, knowledge: KnowledgeBase, assessment: Assessment, today: date) -> AgencyStandard:
    services = list(knowledge.of_agency(agency.id))
    withdrawn = tuple(one for one in services if one.withdrawn and one.withdrawn.since <= today)
    standards = tuple(
        ServiceStandard(one, {component: _given(COMPONENT_FIELDS[component], one, agency) for component in Component})
        for one in services
        if one not in withdrawn
    )
    if not standards:
        return AgencyStandard(agency, (), withdrawn, None, None)
    score = round(100 * sum(one.count for one in standards) / (len(Component) * len(standards)), 2)
    return AgencyStandard(agency, standards, withdrawn, score, assessment.band(score))


def _given(name: str, service: Service, agency: Agency) -> Given:
    if getattr(service, name) or (service.variants and all(getattr(one, name, ()) for one in service.variants)):
        return Given.SERVICE
    return Given.AGENCY if getattr(agency, name, ()) else Given.NOBODY
