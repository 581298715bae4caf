"""서비스 제공계획: goals, services, checks, versions; referrals out and their replies."""
