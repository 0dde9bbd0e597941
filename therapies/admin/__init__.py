"""The curators' screens, one module a screen. `screens` registers them; importing this package alone does nothing."""
