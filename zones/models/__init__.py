"""Tables of what exists."""

from zones.models.calendar import SpecialDay
from zones.models.catalogues import Catalogue, CatalogueItem
from zones.models.chains import ChainNode, ChainPlace
from zones.models.codes import Code, Crosswalk
from zones.models.details import (
    DETAIL_MODELS,
    AchievementDetail,
    EnclaveSpaceDetail,
    EquipmentDetail,
    ExpertTeamDetail,
    FinanceProductDetail,
    LaboratoryDetail,
    PilotLineDetail,
    ServiceDetail,
    TestbedDetail,
)
from zones.models.enclaves import Enclave, EnclaveTenant
from zones.models.funds import Fund, FundCommitment, FundPayment
from zones.models.imports import ImportFile, ImportJob, ImportMapping, ImportRow, ImportStep
from zones.models.invitations import Invitation
from zones.models.organizations import ContactAccess, ContactPoint, Organization, OrganizationAlias
from zones.models.pairs import SeparatePair
from zones.models.photos import ResourcePhoto
from zones.models.places import Association, Membership, Region, RegionGroup, Zone, ZoneLevel
from zones.models.policies import PolicyActual, PolicyDocument, PolicyItem, PolicyTarget
from zones.models.registrations import Registration
from zones.models.resources import Capability, Resource, ResourceExclusion, ResourcePart, SharingGrant
from zones.models.service_requests import ServiceEntry, ServiceRating, ServiceRecord, ServiceRequest
from zones.models.staff import StaffRole

__all__ = [
    "DETAIL_MODELS",
    "AchievementDetail",
    "Association",
    "Capability",
    "Catalogue",
    "CatalogueItem",
    "ChainNode",
    "ChainPlace",
    "Code",
    "ContactAccess",
    "ContactPoint",
    "Crosswalk",
    "Enclave",
    "EnclaveSpaceDetail",
    "EnclaveTenant",
    "EquipmentDetail",
    "ExpertTeamDetail",
    "FinanceProductDetail",
    "Fund",
    "FundCommitment",
    "FundPayment",
    "ImportFile",
    "ImportJob",
    "ImportMapping",
    "ImportRow",
    "ImportStep",
    "Invitation",
    "LaboratoryDetail",
    "Membership",
    "Organization",
    "OrganizationAlias",
    "PilotLineDetail",
    "PolicyActual",
    "PolicyDocument",
    "PolicyItem",
    "PolicyTarget",
    "Region",
    "RegionGroup",
    "Registration",
    "Resource",
    "ResourceExclusion",
    "ResourcePart",
    "ResourcePhoto",
    "SeparatePair",
    "ServiceDetail",
    "ServiceEntry",
    "ServiceRating",
    "ServiceRecord",
    "ServiceRequest",
    "SharingGrant",
    "SpecialDay",
    "StaffRole",
    "TestbedDetail",
    "Zone",
    "ZoneLevel",
]
