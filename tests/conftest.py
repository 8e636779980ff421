from hypothesis import settings

# A rule compiles when it is first called, which no deadline for one example should count.
settings.register_profile("alliancesim", deadline=None)
settings.load_profile("alliancesim")
