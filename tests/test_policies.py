"""The policy in servers' headers: it must allow each page what the page's own policy allows, and nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stadtnetz.site.security import SEARCHING_POLICY, STRICT_POLICY, form_policy, header_policy

POLICIES = (STRICT_POLICY, SEARCHING_POLICY, form_policy(["https://git.musterstadt.de"]))


def read(policy: str) -> dict[str, set[str]]:
    return {directive.split()[0]: set(directive.split()[1:]) - {"'none'"} for directive in policy.split("; ")}


@given(st.lists(st.sampled_from(POLICIES), min_size=1, max_size=4))
def test_a_header_allows_what_any_page_may_do_and_no_more(policies: list[str]):
    told = read(header_policy(policies))
    assert told.pop("frame-ancestors") == set(), "nobody may show the site inside another page"
    assert told == {name: set().union(*(read(one)[name] for one in policies)) for name in read(STRICT_POLICY)}


def test_a_site_without_the_form_sends_what_its_pages_say():
    assert header_policy([STRICT_POLICY]) == f"{STRICT_POLICY}; frame-ancestors 'none'"
    assert header_policy([STRICT_POLICY, SEARCHING_POLICY]) == f"{SEARCHING_POLICY}; frame-ancestors 'none'"
    whole = header_policy(POLICIES)
    assert "'none' " not in whole, "beside anything else it would be ignored"
    assert "connect-src 'self' blob: data: https://git.musterstadt.de" in whole
