"""Activities: how the desk shares its work: owners, reviewers asked, tags, cases, checklists, views, handing over."""
