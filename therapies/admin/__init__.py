"""The curators' screens, one module a screen."""
