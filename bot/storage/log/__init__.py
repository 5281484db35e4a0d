"""What is known of what people asked?"""
