"""Application configuration of matching."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "matching"
    verbose_name = "需求与匹配"

    def ready(self) -> None:
        """Files bring in needs, events, agreements, cooperations, contracts and what moved between zones."""
        from matching.importing.agreements import add_agreements
        from matching.importing.contracts import add_contracts
        from matching.importing.cooperations import add_cooperations
        from matching.importing.events import add_events
        from matching.importing.needs import add_needs
        from matching.importing.reports import add_reports
        from matching.importing.transfers import add_transfers

        add_needs()
        add_cooperations()
        add_events()
        add_contracts()
        add_agreements()
        add_reports()
        add_transfers()
