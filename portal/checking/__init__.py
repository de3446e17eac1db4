"""What the page for checking drafts shows and understands: pure functions, without Streamlit."""
