//! What a room is made of, and the ports through which the program reaches the world.
