"""The only bridge from the working copy to the public site: bundle, then build, then publish."""
