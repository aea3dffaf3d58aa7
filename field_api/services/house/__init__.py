"""Running the service: settings, backups, jobs, safety and samples."""
