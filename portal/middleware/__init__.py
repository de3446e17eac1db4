"""What happens to every request and answer, around Streamlit and routes alike. Pure ASGI."""
