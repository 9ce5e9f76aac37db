"""Addresses of the portal. Each name must have a rule in `config.routes`."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from portal.appearance import appearance
from portal.views.about import AboutPage
from portal.views.account import LogIn
from portal.views.asking import AskPage
from portal.views.colleagues import ColleaguesPage, EndInvitation
from portal.views.cooperations import ContractPage, ContractsPage, CooperationPage, CooperationsPage
from portal.views.dashboards import DashboardPage
from portal.views.endpoints import EndpointPage, EndpointsPage, ReplayDelivery
from portal.views.events import EventCalendar, EventPage, EventsPage, WishesPage
from portal.views.exchanges import ExchangePage, ExchangesPage
from portal.views.feeds import AtomFeed, CalendarFeed, EndFeed, FeedsPage
from portal.views.figures import ArticleEvidencePage, ArticlePage, EvidencePage
from portal.views.follows import Follow, FollowsPage, StopNotice
from portal.views.framework_agreements import AgreementDocumentFile, AgreementPage, AgreementsPage
from portal.views.home import HomePage
from portal.views.inbox import InboxPage, OpenNotice
from portal.views.interest import InterestPage
from portal.views.needs import NeedPage
from portal.views.negotiations import MeetingCalendar, MeetingPage, NegotiationFilePage
from portal.views.notifications import NotificationsPage, Unsubscribe
from portal.views.offering import ChangeResource, NewResource, OwnResource
from portal.views.open_data import OpenDataDefinitions, OpenDataFile, OpenDataPage
from portal.views.organizations import OrganizationPage
from portal.views.own import OwnNeed, OwnPage
from portal.views.own_account import AccountPage, DevicesPage, PasswordPage
from portal.views.personal import PersonalDataPage
from portal.views.places import AssociationPage, ZonePage, ZonesPage
from portal.views.posting import ChangeNeed, NewNeed
from portal.views.registration import RegisterPage, RegistrationPage
from portal.views.requests import RequestPage, RequestsPage
from portal.views.resource_map import ResourceMap
from portal.views.resources import ResourcePage, ResourcePhotoFile
from portal.views.saved import OwnSearch, SearchesPage
from portal.views.search import SearchResults, Suggestions
from portal.views.second_step import SecondStep
from portal.views.security import (
    AuthenticatorPage,
    ConfirmPage,
    RecoveryCodesPage,
    RemoveFactor,
    SecurityKeyPage,
    SecurityPage,
)
from portal.views.tokens import EndToken, TokensPage
from portal.views.zone_log_in import EndZoneAccount, ZoneAccount, ZoneAnswer, ZoneLogIn

app_name = "portal"
urlpatterns = [
    path("", HomePage.as_view(), name="home"),
    path("search/", SearchResults.as_view(), name="search"),
    path("map/", ResourceMap.as_view(), name="map"),
    path("search/suggestions/", Suggestions.as_view(), name="suggestions"),
    path("resources/<uuid:public_id>/", ResourcePage.as_view(), name="resource"),
    path("resources/<uuid:public_id>/photos/<uuid:photo_id>/", ResourcePhotoFile.as_view(), name="resource_photo"),
    path("resources/<uuid:public_id>/request/", AskPage.as_view(), name="ask"),
    path("organizations/<uuid:public_id>/", OrganizationPage.as_view(), name="organization"),
    path("needs/<uuid:public_id>/", NeedPage.as_view(), name="need"),
    path("events/", EventsPage.as_view(), name="events"),
    path("events/<uuid:public_id>/", EventPage.as_view(), name="event"),
    path("events/<uuid:public_id>/calendar.ics", EventCalendar.as_view(), name="event_calendar"),
    path("events/<uuid:public_id>/wishes/<uuid:registration_id>/", WishesPage.as_view(), name="event_wishes"),
    path("zones/", ZonesPage.as_view(), name="zones"),
    path("zones/<slug:slug>/", ZonePage.as_view(), name="zone"),
    path("associations/<slug:slug>/", AssociationPage.as_view(), name="association"),
    path("figures/article/", ArticlePage.as_view(), name="article"),
    path("figures/article/<slug:entry>/", ArticleEvidencePage.as_view(), name="article_evidence"),
    path("figures/<str:figure>/evidence/", EvidencePage.as_view(), name="evidence"),
    path("figures/", DashboardPage.as_view(), name="figures"),
    path("open-data/", OpenDataPage.as_view(), name="open_data"),
    path("open-data/definitions.json", OpenDataDefinitions.as_view(), name="open_data_definitions"),
    path("open-data/<str:figure>.<slug:form>", OpenDataFile.as_view(), name="open_data_file"),
    path("about/", AboutPage.as_view(), name="about"),
    path("inbox/", InboxPage.as_view(), name="inbox"),
    path("inbox/<uuid:public_id>/", OpenNotice.as_view(), name="notice"),
    path("inbox/<uuid:public_id>/stop/", StopNotice.as_view(), name="stop_notice"),
    path("my/follows/", FollowsPage.as_view(), name="follows"),
    path("my/follows/<str:label>/<uuid:public_id>/", Follow.as_view(), name="follow"),
    path("my/", OwnPage.as_view(), name="own"),
    path("my/resources/new/", NewResource.as_view(), name="new_resource"),
    path("my/resources/<uuid:public_id>/", OwnResource.as_view(), name="own_resource"),
    path("my/resources/<uuid:public_id>/edit/", ChangeResource.as_view(), name="change_resource"),
    path("my/requests/", RequestsPage.as_view(), name="requests"),
    path("my/requests/<uuid:public_id>/", RequestPage.as_view(), name="request"),
    path("my/exchanges/", ExchangesPage.as_view(), name="exchanges"),
    path("my/exchanges/new/", InterestPage.as_view(), name="interest"),
    path("my/exchanges/<uuid:public_id>/", ExchangePage.as_view(), name="exchange"),
    path("my/notifications/", NotificationsPage.as_view(), name="notifications"),
    path("unsubscribe/<str:token>/", Unsubscribe.as_view(), name="unsubscribe"),
    path("my/exchanges/<uuid:public_id>/meetings/<uuid:meeting_id>/", MeetingPage.as_view(), name="meeting"),
    path(
        "my/exchanges/<uuid:public_id>/meetings/<uuid:meeting_id>.ics",
        MeetingCalendar.as_view(),
        name="meeting_calendar",
    ),
    path("my/exchanges/<uuid:public_id>/files/<uuid:file_id>/", NegotiationFilePage.as_view(), name="negotiation_file"),
    path("my/cooperations/", CooperationsPage.as_view(), name="cooperations"),
    path("my/cooperations/<uuid:public_id>/", CooperationPage.as_view(), name="cooperation"),
    path("my/agreements/", AgreementsPage.as_view(), name="agreements"),
    path("my/agreements/<uuid:public_id>/", AgreementPage.as_view(), name="agreement"),
    path(
        "my/agreements/<uuid:public_id>/documents/<uuid:document_id>/",
        AgreementDocumentFile.as_view(),
        name="agreement_document",
    ),
    path("my/contracts/", ContractsPage.as_view(), name="contracts"),
    path("my/contracts/<uuid:public_id>/", ContractPage.as_view(), name="contract"),
    path("my/needs/new/", NewNeed.as_view(), name="new_need"),
    path("my/needs/<uuid:public_id>/", OwnNeed.as_view(), name="own_need"),
    path("my/needs/<uuid:public_id>/edit/", ChangeNeed.as_view(), name="change_need"),
    path("my/searches/", SearchesPage.as_view(), name="searches"),
    path("my/searches/<uuid:public_id>/", OwnSearch.as_view(), name="own_search"),
    path("register/", RegisterPage.as_view(), name="register"),
    path("account/", AccountPage.as_view(), name="account"),
    path("account/password/", PasswordPage.as_view(), name="password"),
    path("account/security/", SecurityPage.as_view(), name="security"),
    path("account/security/confirm/", ConfirmPage.as_view(), name="confirm"),
    path("account/security/authenticator/", AuthenticatorPage.as_view(), name="authenticator"),
    path("account/security/key/", SecurityKeyPage.as_view(), name="security_key"),
    path("account/security/recovery-codes/", RecoveryCodesPage.as_view(), name="recovery_codes"),
    path("account/security/factors/<uuid:public_id>/remove/", RemoveFactor.as_view(), name="remove_factor"),
    path("account/devices/", DevicesPage.as_view(), name="devices"),
    path("account/personal/", PersonalDataPage.as_view(), name="personal"),
    path("account/tokens/", TokensPage.as_view(), name="tokens"),
    path("account/tokens/<uuid:public_id>/end/", EndToken.as_view(), name="end_token"),
    path("account/feeds/", FeedsPage.as_view(), name="feeds"),
    path("account/feeds/<uuid:public_id>/end/", EndFeed.as_view(), name="end_feed"),
    path("feeds/<str:token>/calendar.ics", CalendarFeed.as_view(), name="calendar_feed"),
    path("feeds/<str:token>/news.atom", AtomFeed.as_view(), name="atom_feed"),
    path(
        "account/endpoints/<uuid:public_id>/deliveries/<uuid:delivery_id>/replay/",
        ReplayDelivery.as_view(),
        name="replay_delivery",
    ),
    path("account/endpoints/", EndpointsPage.as_view(), name="endpoints"),
    path("account/endpoints/<uuid:public_id>/", EndpointPage.as_view(), name="endpoint"),
    path("account/colleagues/", ColleaguesPage.as_view(), name="colleagues"),
    path("account/colleagues/invitations/<uuid:public_id>/end/", EndInvitation.as_view(), name="end_invitation"),
    path("account/registration/", RegistrationPage.as_view(), name="registration"),
    path("account/log-in/", LogIn.as_view(), name="log_in"),
    path("account/security/zones/<slug:slug>/", ZoneAccount.as_view(), name="zone_account"),
    path("account/security/identities/<uuid:public_id>/end/", EndZoneAccount.as_view(), name="end_zone_account"),
    path("account/log-in/zones/<slug:slug>/", ZoneLogIn.as_view(), name="zone_log_in"),
    path("account/log-in/zones/<slug:slug>/answer/", ZoneAnswer.as_view(), name="zone_answer"),
    path("account/log-in/second-step/", SecondStep.as_view(), name="second_step"),
    path("account/log-out/", LogoutView.as_view(next_page="portal:home"), name="log_out"),
    path("appearance/", appearance, name="appearance"),
]
