"""What every page is made of: requests and answers, lists, template tags, the admin site, templates and styles."""
