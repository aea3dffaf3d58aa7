"""The application: settings, services, routers, pages and the command line. No business rules."""
