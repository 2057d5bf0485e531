"""Tests of ssekg.site."""  # noqa: A005
