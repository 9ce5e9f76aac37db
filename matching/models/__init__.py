"""Tables of what fits."""

from matching.models.agreements import (
    Agreement,
    AgreementCommitment,
    AgreementDocument,
    AgreementParty,
    AgreementStep,
)
from matching.models.calls import NeedCall
from matching.models.consortia import ConsortiumMember, ConsortiumPart, ConsortiumProposal
from matching.models.contracts import ContractRegistration, TechContract
from matching.models.cooperations import (
    Cooperation,
    CooperationAmount,
    CooperationAssociation,
    CooperationMilestone,
    CooperationParty,
    CooperationStep,
)
from matching.models.dismissals import Dismissal
from matching.models.documents import NeedDocument, ResourceDocument
from matching.models.event_guests import (
    EventInvitation,
    EventMeeting,
    EventOutcome,
    EventRegistration,
    EventWish,
)
from matching.models.events import Event, EventOrganizer
from matching.models.exchanges import Booking, Consent, Disclosure, Exchange, ExchangeStep
from matching.models.learning import Exposure, Label, NeedDay, ScoreCalibration
from matching.models.needs import Need, NeedExclusion, NeedMetric
from matching.models.negotiations import NegotiationFile, NegotiationMeeting, NegotiationMessage, NextStep
from matching.models.outcomes import CooperationRating, OutcomePoll
from matching.models.reviews import NeedReview, ReviewPolicy
from matching.models.runs import (
    LIVE,
    CandidateList,
    LexicalStatistics,
    LiveResult,
    Match,
    MatchRun,
    RunStep,
    ScoringConfig,
)
from matching.models.saved_searches import SavedSearch
from matching.models.shortlists import Push, Shortlisting
from matching.models.statements import LeakStatement
from matching.models.transfers import Conversion, TalentExchange, Trial
from matching.models.vectors import EmbeddingStep, MeaningStatistics, NeedVector, ResourceVector

__all__ = [
    "LIVE",
    "Agreement",
    "AgreementCommitment",
    "AgreementDocument",
    "AgreementParty",
    "AgreementStep",
    "Booking",
    "CandidateList",
    "Consent",
    "ConsortiumMember",
    "ConsortiumPart",
    "ConsortiumProposal",
    "ContractRegistration",
    "Conversion",
    "Cooperation",
    "CooperationAmount",
    "CooperationAssociation",
    "CooperationMilestone",
    "CooperationParty",
    "CooperationRating",
    "CooperationStep",
    "Disclosure",
    "Dismissal",
    "EmbeddingStep",
    "Event",
    "EventInvitation",
    "EventMeeting",
    "EventOrganizer",
    "EventOutcome",
    "EventRegistration",
    "EventWish",
    "Exchange",
    "ExchangeStep",
    "Exposure",
    "Label",
    "LeakStatement",
    "LexicalStatistics",
    "LiveResult",
    "Match",
    "MatchRun",
    "MeaningStatistics",
    "Need",
    "NeedCall",
    "NeedDay",
    "NeedDocument",
    "NeedExclusion",
    "NeedMetric",
    "NeedReview",
    "NeedVector",
    "NegotiationFile",
    "NegotiationMeeting",
    "NegotiationMessage",
    "NextStep",
    "OutcomePoll",
    "Push",
    "ResourceDocument",
    "ResourceVector",
    "ReviewPolicy",
    "RunStep",
    "SavedSearch",
    "ScoreCalibration",
    "ScoringConfig",
    "Shortlisting",
    "TalentExchange",
    "TechContract",
    "Trial",
]
