"""The one client by which this site talks to other machines: what may be asked, where it may lead, how long it may
take, how much may come back."""
