"""What those who run a site need besides building it: pipelines, when to build again, where links lead."""
