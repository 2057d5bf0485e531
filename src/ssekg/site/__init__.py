"""The pages of a site: templates, and one way to make a page of them in each language of a project."""
