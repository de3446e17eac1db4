"""What the pages for keeping conferences and records in order show and understand, without Streamlit."""
